/** Values that change per step: learning rate, the optimizer's corrections, and the keys of random draws. */
import { keyOf } from '#core/base/random'
import type { StepProgram } from '#core/compiler/packing'
import { RANDOM_ROUNDS, roundKeys } from '#core/onnx/randomNumbers'
import type { Choice } from '#core/graph/choice'
import { invariant } from '#core/base/assert'
import { checkParams } from '#core/params/params'
import { findSchedule } from '#core/schedules/index'

/** Keeps random draws inside the network independent of the run's other draws. */
const purpose = keyOf('layer')

export interface RateTime {
  readonly stepsPerEpoch: number
  readonly epochs: number
}

/** The learning rate at step `step`, counted from 0 over the whole run, for a base rate. */
export function rateFunction(schedule: Choice, time: RateTime): (step: number, base: number) => number {
  const definition = findSchedule(schedule.kind)
  invariant(definition, `unknown schedule ${schedule.kind}`)
  const { kind: _kind, ...given } = schedule
  const { values } = checkParams(definition.params, given, definition.kind, { param: 'training.schedule' })
  return (step, base) => definition.rate(values, { step, base, ...time })
}

/** Rows of scalars for `count` steps from step `from` (0-based over the whole run): [count, scalars + keys]. */
export function scalarRows(
  program: StepProgram,
  from: number,
  count: number,
  rate: (step: number) => number,
  seed: number,
): Float32Array {
  const { scalarNames, randoms, optimizer } = program
  const width = scalarNames.length + randoms.length * RANDOM_ROUNDS
  const layers = randoms.map(({ layer }) => keyOf(layer))
  const rows = new Float32Array(count * width)
  for (let k = 0; k < count; k++) {
    const step = from + k
    const values = optimizer.definition.scalars(optimizer.params, step + 1, rate(step))
    let at = k * width
    for (const name of scalarNames) rows[at++] = values[name]!
    randoms.forEach(({ draw }, i) => {
      for (const key of roundKeys(seed, purpose, layers[i]!, draw, step)) rows[at++] = key
    })
  }
  return rows
}
