/** Position of each weight inside the flat buffers passed between steps. */
import type { StatisticSlot, WeightSlot } from './lowerNetwork'

export interface StateSlice {
  readonly name: string
  readonly layer: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
}

export interface StateLayout<S extends StateSlice = StateSlice> {
  readonly slices: readonly S[]
  /** Number of floats in the buffer. */
  readonly total: number
}

export type WeightSlice = StateSlice & Pick<WeightSlot, 'trainable' | 'start' | 'chosen'>
export type StatisticSlice = StateSlice & Pick<StatisticSlot, 'initial'>

export interface NetworkState {
  /** Weights updated by the optimizer. */
  readonly parameters: StateLayout<WeightSlice>
  /** Weights of frozen layers. */
  readonly frozen: StateLayout<WeightSlice>
  /** Running statistics of normalization layers. */
  readonly statistics: StateLayout<StatisticSlice>
}

function pack<S extends { name: string; layer: string; shape: readonly number[] }, E>(
  slots: readonly S[],
  extra: (slot: S) => E,
): StateLayout<StateSlice & E> {
  let total = 0
  const slices = slots.map((slot) => {
    const size = slot.shape.reduce((product, length) => product * length, 1)
    const { name, layer, shape } = slot
    const slice = { name, layer, shape, offset: total, size, ...extra(slot) }
    total += size
    return slice
  })
  return { slices, total }
}

export function layoutState(weights: readonly WeightSlot[], statistics: readonly StatisticSlot[]): NetworkState {
  const extra = ({ trainable, start, chosen }: WeightSlot) => ({ trainable, start, ...(chosen && { chosen }) })
  return {
    parameters: pack(
      weights.filter(({ trainable }) => trainable),
      extra,
    ),
    frozen: pack(
      weights.filter(({ trainable }) => !trainable),
      extra,
    ),
    statistics: pack(statistics, ({ initial }) => ({ initial })),
  }
}
