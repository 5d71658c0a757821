/** Starting lists of transforms by what the images show: mild ones that rarely do harm. */
import { sampleKind, type DataFacts } from '#core/data/facts'
import type { TransformChoice } from '#core/graph/transformSettings'
import { findTransform } from '#core/transforms/index'
import type { PlainKey } from '../i18n/useText'
import type { Transforms } from './transformRows'

export interface StartingSet {
  readonly name: 'digits' | 'photos' | 'fromAbove'
  readonly title: PlainKey
  readonly detail: PlainKey
  /** Steps for images of this shape. */
  readonly steps: (shape: readonly number[]) => Transforms
}

const step = (kind: string, params: Readonly<Record<string, unknown>> = {}): TransformChoice => ({
  kind,
  enabled: true,
  ...params,
})

/** An eighth of the side, as torchvision's recipes use for small photos: 4 of 32. */
const margin = ([, height = 0, width = 0]: readonly number[]): number =>
  Math.max(1, Math.round(Math.min(height, width) / 8))

const isColor = ([channels]: readonly number[]): boolean => channels === 3
/** From this size on, objects appear near and far. */
const LARGE = 96

export const startingSets: readonly StartingSet[] = [
  {
    name: 'digits',
    title: 'augment.setDigits',
    detail: 'augment.setDigitsDetail',
    steps: (shape) => [
      step('random-rotation', { degrees: [-10, 10], interpolation: 'bilinear' }),
      step('random-crop', { padding: Math.max(1, Math.round(margin(shape) / 2)) }),
    ],
  },
  {
    name: 'photos',
    title: 'augment.setPhotos',
    detail: 'augment.setPhotosDetail',
    steps: (shape) => [
      step('random-horizontal-flip'),
      Math.min(...shape.slice(1)) >= LARGE
        ? step('random-resized-crop', { scale: [0.35, 1] })
        : step('random-crop', { padding: margin(shape) }),
      ...(isColor(shape) ? [step('color-jitter')] : []),
    ],
  },
  {
    name: 'fromAbove',
    title: 'augment.setFromAbove',
    detail: 'augment.setFromAboveDetail',
    steps: (shape) => [
      step('random-horizontal-flip'),
      step('random-vertical-flip'),
      step('random-rotation', { degrees: [-180, 180], interpolation: 'bilinear' }),
      ...(isColor(shape) ? [step('color-jitter', { saturation: 0 })] : []),
    ],
  },
]

/** The sets, best match for the images first. */
export function setsFor(facts: DataFacts, shape: readonly number[]): readonly StartingSet[] {
  if (sampleKind(facts.sample) !== 'image' || shape.length !== 3) return []
  const best = showsSigns(facts) || !isColor(shape) ? 'digits' : 'photos'
  return startingSets.toSorted((a, b) => Number(b.name === best) - Number(a.name === best))
}

/** Whether the class names look like digits or letters. */
export function showsSigns({ target }: DataFacts): boolean {
  return target.kind === 'classes' && target.classes.every((name) => /^[\p{L}\d]$/u.test(name.trim()))
}

/** The list with a set placed before the deterministic steps, and Normalize at its end. */
export function withSet(list: Transforms, set: StartingSet, shape: readonly number[]): Transforms {
  const kept = list.filter(({ kind }) => findTransform(kind)?.random === undefined)
  const normalized = kept.some(({ kind }) => findTransform(kind)?.scale !== undefined)
  return [...set.steps(shape), ...kept, ...(normalized ? [] : [step('normalize')])]
}
