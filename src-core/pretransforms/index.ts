/** The catalogue of pre-transforms: what is done once between the stored sample and the network. */
import { fillMissing } from './fillMissing'
import { oneHot } from './oneHot'
import { standardize } from './standardize'
import { standardizeTarget } from './standardizeTarget'
import type { SampleTransform, TargetTransform } from './preTransform'

export const preTransforms = [fillMissing, standardize, oneHot, standardizeTarget] as const

/** The definition of `kind`; its parameters and fitted value are its own. */
export function findPreTransform(kind: string): SampleTransform | TargetTransform | undefined {
  return preTransforms.find((item) => item.kind === kind)
}
