/** Pre-transforms of images on decoded pixels. */
import { asPair } from '#core/params/params'
import { checkSteps, type CheckedStep, type PreTransformChoice } from '#core/pretransforms/preprocess'
import type { ImagePreTransform } from '#core/pretransforms/preTransform'
import { arrangePixels, type ResizeMode } from '../readers/image'
import { convertChannels, type Pixels } from '../readers/pixels'

/** A step with all its parameters, as plain JSON that workers and records can hold. */
export type ImageStep = PreTransformChoice

type Apply = (pixels: Pixels, step: ImageStep) => Pixels

const sizeOf = ({ size }: ImageStep) => {
  const [height, width] = asPair(size as number | readonly [number, number])
  return { width, height }
}

const steps: Readonly<Record<string, Apply>> = {
  color: (pixels, { mode }) => convertChannels(pixels, mode as 'grayscale' | 'rgb'),
  resize: (pixels, step) =>
    arrangePixels(pixels, { channels: 'as-is', resize: { ...sizeOf(step), mode: step.mode as ResizeMode } }),
  'center-crop': (pixels, step) => arrangePixels(pixels, { channels: 'as-is', centerCrop: sizeOf(step) }),
}

/** The pixels after all steps; without alpha, which is laid over black. */
export function runImageSteps(pixels: Pixels, list: readonly ImageStep[]): Pixels {
  return list.reduce((image, step) => steps[step.kind]!(image, step), convertChannels(pixels, 'as-is'))
}

/** The steps of a list that work on images, with all their parameters. @throws ProblemError as `checkSteps` */
export function imageStepsOf(
  choices: readonly PreTransformChoice[],
  target: 'classes' | 'numbers',
): { readonly steps: readonly ImageStep[]; readonly checked: readonly CheckedStep<ImagePreTransform>[] } {
  const checked = checkSteps(choices, 'image', target).sample as readonly CheckedStep<ImagePreTransform>[]
  return { checked, steps: checked.map(({ definition, params }) => ({ ...params, kind: definition.kind })) }
}
