/** Image pre-transforms on decoded pixels. */
import { asPair, storedValues, type Pair } from '#core/params/params'
import { centerCrop } from '#core/pretransforms/kinds/centerCrop'
import { color } from '#core/pretransforms/kinds/color'
import { resize } from '#core/pretransforms/kinds/resize'
import { checkSteps, type CheckedPreTransform, type PreTransformChoice } from '#core/pretransforms/preTransformList'
import type { ImagePreTransform } from '#core/pretransforms/preTransform'
import { arrangePixels } from '../readers/image'
import { convertChannels, type Pixels } from '../readers/pixels'

/** A step with all its parameters, as plain JSON for workers and records. */
export type ImageStep = PreTransformChoice

type Apply = (pixels: Pixels, step: ImageStep) => Pixels

const sizeOf = (size: Pair) => {
  const [height, width] = asPair(size)
  return { width, height }
}

const steps: Readonly<Record<string, Apply>> = {
  color: (pixels, step) => convertChannels(pixels, storedValues(color.params, step).mode),
  resize(pixels, step) {
    const { size, mode } = storedValues(resize.params, step)
    return arrangePixels(pixels, { channels: 'as-is', resize: { ...sizeOf(size), mode } })
  },
  'center-crop': (pixels, step) =>
    arrangePixels(pixels, { channels: 'as-is', centerCrop: sizeOf(storedValues(centerCrop.params, step).size) }),
}

/** The pixels after all steps, with alpha composited over black. */
export function runImageSteps(pixels: Pixels, list: readonly ImageStep[]): Pixels {
  return list.reduce((image, step) => steps[step.kind]!(image, step), convertChannels(pixels, 'as-is'))
}

/** The steps of a list that apply to images, with all their parameters. @throws ProblemError like `checkSteps` */
export function imageStepsOf(
  choices: readonly PreTransformChoice[],
  target: 'classes' | 'numbers',
): { readonly steps: readonly ImageStep[]; readonly checked: readonly CheckedPreTransform<ImagePreTransform>[] } {
  const checked = checkSteps(choices, 'image', target).sample as readonly CheckedPreTransform<ImagePreTransform>[]
  return { checked, steps: checked.map(({ definition, params }) => ({ ...params, kind: definition.kind })) }
}
