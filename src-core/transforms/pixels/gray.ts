/** Luminance of color images: a weighted sum of red, green and blue, with torchvision's weights. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'
import type { ImageShape, Refuse } from '../transform'

/** [N, 3, height, width] → [N, 1, height, width] */
export function grayOf(b: GraphBuilder, pixels: Value): Value {
  const [, , height, width] = pixels.type.shape.map((size) => (size === 'N' ? 0 : size))
  const weights = b.constant(tensor('float32', [1, 3], [0.2989, 0.587, 0.114]))
  const batch = concrete(pixels.type.shape[0])
  const flat = b.Reshape(pixels, [batch, 3, height! * width!])
  return b.Reshape(b.MatMul(weights, flat), [batch, 1, height!, width!])
}

export const isColor = ([channels]: ImageShape): boolean => channels === 3

/** Color steps require gray images or RGB. */
export function checkChannels([channels]: ImageShape, refuse: Refuse): void {
  if (channels === 1 || channels === 3) return
  refuse('channels', { count: channels })
}
