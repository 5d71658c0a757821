/** The catalogue of transforms: the list is the order of the palette. */
import { normalize } from './normalize'
import { randomHorizontalFlip } from './randomHorizontalFlip'
import { randomVerticalFlip } from './randomVerticalFlip'
import type { TransformDefinition } from './transform'

export const transforms = [randomHorizontalFlip, randomVerticalFlip, normalize] as const

const byKind = new Map<string, TransformDefinition>(
  transforms.map((item) => [item.kind, item as unknown as TransformDefinition]),
)

export function findTransform(kind: string): TransformDefinition | undefined {
  return byKind.get(kind)
}
