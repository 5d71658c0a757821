/** The catalogue of learning-rate schedules. */
import { constant } from './constant'
import { cosine } from './cosine'
import { linearWarmup } from './linearWarmup'
import type { ScheduleDefinition } from './schedule'
import { step } from './step'
import { warmupCosine } from './warmupCosine'

export const schedules = [constant, step, cosine, linearWarmup, warmupCosine] as const

export function findSchedule(kind: string): ScheduleDefinition | undefined {
  return schedules.find((item) => item.kind === kind)
}
