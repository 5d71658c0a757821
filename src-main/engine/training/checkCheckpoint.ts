/**
 * Checks that a checkpoint belongs to a network: every weight is present with its shape, and the optimizer state is
 * complete.
 */
import type { StepProgram } from '#core/compiler/packing'
import type { NetworkState } from '#core/compiler/stateLayout'
import type { NamedTensors } from '#core/compiler/weights'
import { fail } from '#core/problems/problem'
import { formatShape } from '#core/tensor/shape'
import type { Checkpoint } from '../../runs/checkpoint'

/** @throws ProblemError `run-damaged` */
export function checkWeights({ parameters, frozen, statistics }: NetworkState, weights: NamedTensors): void {
  for (const { name, shape } of [...parameters.slices, ...frozen.slices, ...statistics.slices]) {
    const found = weights.get(name)
    if (found && formatShape(found.shape) === formatShape(shape)) continue
    mismatch(`${name} of ${formatShape(shape)}`, found ? `${name} of ${formatShape(found.shape)}` : `no ${name}`)
  }
}

/** @throws ProblemError `run-damaged` */
export function checkCheckpoint({ state, slots }: StepProgram, checkpoint: Checkpoint): void {
  checkWeights(state, checkpoint.weights)
  const { total } = state.parameters
  for (const name of slots) {
    const found = checkpoint.slots[name]
    if (found?.length !== total) mismatch(`optimizer.${name} of ${total}`, `${found?.length ?? 'none'}`)
  }
}

function mismatch(expected: string, received: string): never {
  return fail('run-damaged', 'network', { expected, received })
}
