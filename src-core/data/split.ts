/** Splits samples into training, validation and test by seeded draws that never depend on the order of execution or the machine. */
import { keyOf, permutation } from '../base/random'

export interface Splits {
  /** Indices of samples in ascending order; the trainer shuffles them every epoch. */
  readonly train: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
}

export interface SplitShares {
  /** Share of all `count` samples, in [0, 1). */
  readonly validation: number
  readonly test: number
  readonly seed: number
}

/** Keeps these draws independent of other draws from the same seed. */
const purpose = keyOf('split')

/**
 * Splits samples 0 … count − 1. With `groups` (the class of every sample) each class gives the same share to every
 * split, up to rounding. Training keeps at least one sample (of every class). The test set does not depend on the
 * validation share.
 */
export function splitSamples(count: number, shares: SplitShares, groups?: Int32Array): Splits {
  const members = groups ? membersOf(groups) : [Int32Array.from({ length: count }, (_, i) => i)]
  const sizes = members.map((member) => member.length)
  // One sample of every class stays in training, however rare the class is.
  const testQuotas = quotas(
    sizes,
    shares.test,
    sizes.map((size) => size - 1),
  )
  const rest = sizes.map((size, group) => size - 1 - testQuotas[group]!)
  const validationQuotas = quotas(sizes, shares.validation, rest)
  const train: number[] = []
  const validation: number[] = []
  const test: number[] = []
  members.forEach((member, group) => {
    const order = permutation(member.length, purpose, shares.seed, group)
    const testEnd = testQuotas[group]!
    const validationEnd = testEnd + validationQuotas[group]!
    for (let i = 0; i < member.length; i++) {
      const target = i < testEnd ? test : i < validationEnd ? validation : train
      target.push(member[order[i]!]!)
    }
  })
  return { train: ascending(train), validation: ascending(validation), test: ascending(test) }
}

/**
 * Whole numbers close to `size · share`, none above its limit, that add up to the rounded share of the whole where the
 * limits allow (largest remainder first, then order of the groups).
 */
function quotas(sizes: readonly number[], share: number, limits: readonly number[]): number[] {
  const exact = sizes.map((size) => size * share)
  const result = exact.map((value, group) => Math.max(0, Math.min(Math.floor(value), limits[group]!)))
  const total = Math.round(sizes.reduce((sum, size) => sum + size, 0) * share)
  const order = exact
    .map((value, group) => ({ group, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.group - b.group)
  let open = total - result.reduce((sum, quota) => sum + quota, 0)
  for (const { group } of order) {
    if (open <= 0) break
    if (result[group]! >= limits[group]!) continue
    result[group]! += 1
    open--
  }
  return result
}

function membersOf(groups: Int32Array): Int32Array[] {
  const counts: number[] = []
  for (const group of groups) counts[group] = (counts[group] ?? 0) + 1
  const members = Array.from(counts, (count: number | undefined) => new Int32Array(count ?? 0))
  const filled = new Int32Array(members.length)
  groups.forEach((group, sample) => {
    members[group]![filled[group]!++] = sample
  })
  return members
}

function ascending(indices: number[]): Int32Array {
  return Int32Array.from(indices).sort()
}
