/** Adds an output `stage.<i>` for the samples as they are prepared and after every transform, as float pixels. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { floatPixels, settledPixels, type Image } from '../../transforms/pixels/image'

/** The stages needed for one row only: all but the one needed `whole`. */
export interface OneRow {
  readonly row: number
  readonly whole: number
}

interface Stages {
  readonly b: GraphBuilder
  readonly prepared: Value
  readonly stages: readonly Image[]
  readonly one: OneRow | undefined
}

export function addStages({ b, prepared, stages, one }: Stages): { readonly images: readonly Value[] } {
  const images = [{ pixels: prepared }, ...stages].map((image, i) =>
    b.within('stages', () => {
      if (one === undefined || i === one.whole) return floatPixels(b, image)
      return floatPixels(b, { pixels: b.Slice(settledPixels(b, image), [one.row], [one.row + 1], [0]) })
    }),
  )
  images.forEach((pixels, i) => b.output(pixels, `stage.${i}`))
  return { images }
}
