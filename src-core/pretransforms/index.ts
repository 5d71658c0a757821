/** The catalog of pre-transforms: the once-only processing between the source and the samples that training reads. */
import { checkParams } from '../params/params'
import { centerCrop } from './kinds/centerCrop'
import { clipOutliers } from './kinds/clipOutliers'
import { color } from './kinds/color'
import { drop } from './kinds/drop'
import { fillMissing } from './kinds/fillMissing'
import { log } from './kinds/log'
import { logTarget } from './kinds/logTarget'
import { lowerCase } from './kinds/lowerCase'
import { minMax } from './kinds/minMax'
import { oneHot } from './kinds/oneHot'
import { ordinal } from './kinds/ordinal'
import { pad } from './kinds/pad'
import { resize } from './kinds/resize'
import { standardize } from './kinds/standardize'
import { standardizeTarget } from './kinds/standardizeTarget'
import { tokenize } from './kinds/tokenize'
import { vocabulary } from './kinds/vocabulary'
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

/** Whether a step gives all images one size. */
export function setsImageSize({ kind, ...given }: { readonly kind: string }): boolean {
  const definition = findPreTransform(kind)
  if (definition?.on !== 'image') return false
  const { values } = checkParams(definition.params, given, kind, {})
  return definition.result({ channels: null, height: null, width: null }, values).height !== null
}

/** The definition of `kind`, with its specific parameters and fitted value. */
export function findPreTransform(kind: string): PreTransform | undefined {
  return preTransforms.find((item) => item.kind === kind)
}
