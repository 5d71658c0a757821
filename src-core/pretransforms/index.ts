/** The catalogue of pre-transforms: what is done once between the source and the samples that training reads. */
import { centerCrop } from './centerCrop'
import { clipOutliers } from './clipOutliers'
import { color } from './color'
import { drop } from './drop'
import { fillMissing } from './fillMissing'
import { log } from './log'
import { logTarget } from './logTarget'
import { lowerCase } from './lowerCase'
import { minMax } from './minMax'
import { oneHot } from './oneHot'
import { ordinal } from './ordinal'
import { pad } from './pad'
import { resize } from './resize'
import { standardize } from './standardize'
import { standardizeTarget } from './standardizeTarget'
import { tokenize } from './tokenize'
import { vocabulary } from './vocabulary'
import type { PreTransform } from './preTransform'

export const preTransforms = [
  color,
  resize,
  centerCrop,
  fillMissing,
  clipOutliers,
  log,
  standardize,
  minMax,
  oneHot,
  ordinal,
  drop,
  lowerCase,
  tokenize,
  vocabulary,
  pad,
  standardizeTarget,
  logTarget,
] as const

/** The definition of `kind`; its parameters and fitted value are its own. */
export function findPreTransform(kind: string): PreTransform | undefined {
  return preTransforms.find((item) => item.kind === kind)
}
