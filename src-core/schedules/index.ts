/** The catalog of learning-rate schedules. */
import { constant } from './kinds/constant'
import { cosine } from './kinds/cosine'
import { linearWarmup } from './kinds/linearWarmup'
import type { ScheduleDefinition } from './schedule'
import { step } from './kinds/step'
import { warmupCosine } from './kinds/warmupCosine'

export const schedules = [constant, step, cosine, linearWarmup, warmupCosine] as const

export function findSchedule(kind: string): ScheduleDefinition | undefined {
  return schedules.find((item) => item.kind === kind)
}
