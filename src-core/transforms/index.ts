/** The catalogue of transforms: the list is the order of the palette. */
import { centerCrop } from './centerCrop'
import { colorJitter } from './colorJitter'
import { cutMix } from './cutMix'
import { gaussianBlur } from './gaussianBlur'
import { gaussianNoise } from './gaussianNoise'
import { mixUp } from './mixUp'
import { normalize } from './normalize'
import { randomAffine } from './randomAffine'
import { randomCrop } from './randomCrop'
import { randomErasing } from './randomErasing'
import { randomGrayscale } from './randomGrayscale'
import { randomHorizontalFlip } from './randomHorizontalFlip'
import { randomInvert } from './randomInvert'
import { randomResizedCrop } from './randomResizedCrop'
import { randomRotation } from './randomRotation'
import { randomVerticalFlip } from './randomVerticalFlip'
import { resize } from './resize'
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

const byKind = new Map<string, TransformDefinition>(
  transforms.map((item) => [item.kind, item as unknown as TransformDefinition]),
)

export function findTransform(kind: string): TransformDefinition | undefined {
  return byKind.get(kind)
}
