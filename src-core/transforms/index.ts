/** The catalog of transforms, in the order of the palette. */
import { centerCrop } from './kinds/centerCrop'
import { colorJitter } from './kinds/colorJitter'
import { cutMix } from './kinds/cutMix'
import { gaussianBlur } from './kinds/gaussianBlur'
import { gaussianNoise } from './kinds/gaussianNoise'
import { mixUp } from './kinds/mixUp'
import { normalize } from './kinds/normalize'
import { randomAffine } from './kinds/randomAffine'
import { randomCrop } from './kinds/randomCrop'
import { randomErasing } from './kinds/randomErasing'
import { randomGrayscale } from './kinds/randomGrayscale'
import { randomHorizontalFlip } from './kinds/randomHorizontalFlip'
import { randomInvert } from './kinds/randomInvert'
import { randomResizedCrop } from './kinds/randomResizedCrop'
import { randomRotation } from './kinds/randomRotation'
import { randomVerticalFlip } from './kinds/randomVerticalFlip'
import { resize } from './kinds/resize'
import type { TransformDefinition } from './transform'

export const transforms = [
  randomHorizontalFlip,
  randomVerticalFlip,
  randomRotation,
  randomCrop,
  randomResizedCrop,
  randomAffine,
  resize,
  centerCrop,
  colorJitter,
  randomGrayscale,
  gaussianBlur,
  randomErasing,
  gaussianNoise,
  randomInvert,
  normalize,
  mixUp,
  cutMix,
] as const

const byKind = new Map<string, TransformDefinition>(transforms.map((item) => [item.kind, item]))

export function findTransform(kind: string): TransformDefinition | undefined {
  return byKind.get(kind)
}
