/**
 * Splits samples into training, validation and test by seeded draws, independent of the order of execution and the
 * machine.
 */
import { keyOf, permutation } from '../base/random'

/** The parts of a data set, in the order in which they are shown. */
export const splitNames = ['train', 'validation', 'test'] as const
export type SplitName = (typeof splitNames)[number]

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
 * Splits samples 0 … count − 1. With `groups` (the class per sample) each class gives the same share to every
 * split, up to rounding; which classes give the remaining samples is drawn separately for the test set and for
 * validation,
 * and a class that gave less to the test set comes first for validation. Training keeps at least one sample (per
 * class). The test set does not depend on the validation share.
 */
export function splitSamples(count: number, shares: SplitShares, groups?: Int32Array): Splits {
  const members = groups ? membersOf(groups) : [Int32Array.from({ length: count }, (_, i) => i)]
  const sizes = members.map((member) => member.length)
  // At least one sample per class stays in training, however rare the class is.
  const limits = sizes.map((size) => size - 1)
  const testQuotas = quotas(sizes, shares.test, limits, {
    owed: sizes.map((size) => size * shares.test),
    drawn: drawnOrder('test', shares.seed, sizes.length),
  })
  const validationQuotas = quotas(
    sizes,
    shares.validation,
    limits.map((limit, group) => limit - testQuotas[group]!),
    {
      owed: sizes.map((size, group) => size * (shares.validation + shares.test) - testQuotas[group]!),
      drawn: drawnOrder('validation', shares.seed, sizes.length),
    },
  )
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

interface LeftOver {
  /** What each group should give, including what it owes from before. */
  readonly owed: readonly number[]
  /** The drawn order among groups that owe the same. */
  readonly drawn: Int32Array
}

function drawnOrder(split: 'validation' | 'test', seed: number, groups: number): Int32Array {
  return permutation(groups, keyOf(`split left over ${split}`), seed)
}

/** Numbers closer than this differ only by rounding. */
const SAME = 1e-9

/**
 * Integers close to `size · share`, none above its limit, that add up to the rounded share of the total if the
 * limits allow. The remainder is taken from the groups that owe most; one whose share is already an integer comes last.
 */
function quotas(
  sizes: readonly number[],
  share: number,
  limits: readonly number[],
  { owed, drawn }: LeftOver,
): number[] {
  const exact = sizes.map((size) => size * share)
  const whole = exact.map((value) => Math.floor(value + SAME))
  const result = whole.map((value, group) => Math.max(0, Math.min(value, limits[group]!)))
  const total = Math.round(sizes.reduce((sum, size) => sum + size, 0) * share)
  const order = owed
    .map((value, group) => {
      const isEven = Math.abs(exact[group]! - whole[group]!) < SAME
      return { group, isEven, remainder: Math.round((value - whole[group]!) / SAME) }
    })
    .sort(
      (a, b) => Number(a.isEven) - Number(b.isEven) || b.remainder - a.remainder || drawn[a.group]! - drawn[b.group]!,
    )
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
