/** The interface of a learning-rate schedule: a factor for the base rate, step by step. */
import type { Text } from '../base/text'
import type { ParamSpecs, ParamValues } from '../params/params'

export interface ScheduleTime {
  /** Steps done before this one, from 0. */
  readonly step: number
  readonly stepsPerEpoch: number
  /** Epochs planned. */
  readonly epochs: number
  /** The base learning rate. */
  readonly base: number
}

export interface ScheduleDefinition<P extends ParamSpecs = ParamSpecs> {
  readonly kind: string
  readonly title: Text
  readonly doc: Text
  readonly params: P
  /** The learning rate for this step. */
  rate(params: ParamValues<P>, time: ScheduleTime): number
}

export function defineSchedule<const P extends ParamSpecs>(definition: ScheduleDefinition<P>): ScheduleDefinition<P> {
  return definition
}

/** Half a cosine from 1 at progress 0 to 0 at progress 1. */
export function cosineFall(progress: number): number {
  return (1 + Math.cos(Math.PI * Math.min(progress, 1))) / 2
}

/** A line from `start` at step 0 to 1 at `steps`. */
export function linearRise(step: number, steps: number, start: number): number {
  return step >= steps ? 1 : start + ((1 - start) * step) / steps
}
