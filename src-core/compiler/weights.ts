/** Weights by name: drawing their first values, packing them into buffers. */
import { keyOf, normal, uniform } from '../base/random'
import { invariant } from '../base/assert'
import { fansOf, type Draw } from '../initializers/initializer'
import { findInitializer } from '../initializers/index'
import { checkParams } from '../params/params'
import type { StepProgram } from './packing'
import type { NetworkState, StateLayout, StateSlice, WeightSlice } from './stateLayout'

/** Float32 tensors by their state_dict name. */
export type NamedTensors = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>

/** Draws the initial value of every element of a weight; depends only on the seed and the weight's name. */
export function initialWeights(slice: WeightSlice, seed: number): Float32Array {
  const name = keyOf(slice.name)
  const draw: Draw = { uniform: (i) => uniform(seed, 1, name, i), normal: (i) => normal(seed, 1, name, i) }
  const definition = findInitializer(slice.chosen?.kind ?? slice.start.kind)
  invariant(definition, `unknown initializer for ${slice.name}`)
  const { kind: _kind, ...chosen } = slice.chosen ?? { kind: '' }
  const given = slice.chosen ? chosen : (slice.start.params ?? {})
  const { values } = checkParams(definition.params, given, definition.kind, {})
  const shape = fansOf(slice.shape)
  const fans = slice.shape.length === 1 && slice.start.fanIn ? { ...shape, fanIn: slice.start.fanIn } : shape
  const weights = Float32Array.from({ length: slice.size }, (_, i) => definition.value(i, fans, draw, values))
  const { zeroRow } = slice.start
  const row = slice.size / slice.shape[0]!
  return zeroRow === undefined ? weights : weights.fill(0, zeroRow * row, (zeroRow + 1) * row)
}

export interface StateBuffers {
  parameters: Float32Array
  frozen: Float32Array
  statistics: Float32Array
}

/** The buffers before the first step. */
export function initialBuffers(state: NetworkState, seed: number): StateBuffers {
  return {
    parameters: packBuffer(state.parameters, (slice) => initialWeights(slice, seed)),
    frozen: packBuffer(state.frozen, (slice) => initialWeights(slice, seed)),
    statistics: packBuffer(state.statistics, ({ size, initial }) => new Float32Array(size).fill(initial)),
  }
}

/** The state vectors of the optimizer before the first step. */
export function initialSlots({
  slotStarts,
  state: { parameters },
}: Pick<StepProgram, 'slotStarts' | 'state'>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(slotStarts).map(([name, start]) => [name, new Float32Array(parameters.total).fill(start)]),
  )
}

/** One flat buffer from a value per slice. */
export function packBuffer<S extends StateSlice>(
  layout: StateLayout<S>,
  value: (slice: S) => Float32Array,
): Float32Array {
  const buffer = new Float32Array(layout.total)
  for (const slice of layout.slices) buffer.set(value(slice), slice.offset)
  return buffer
}

/** The tensors inside the buffers, by name. Views, not copies. */
export function unpackBuffers(
  state: NetworkState,
  buffers: StateBuffers,
): Map<string, { shape: readonly number[]; data: Float32Array }> {
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>()
  for (const part of ['parameters', 'frozen', 'statistics'] as const)
    for (const { name, shape, offset, size } of state[part].slices)
      tensors.set(name, { shape, data: buffers[part].subarray(offset, offset + size) })
  return tensors
}
