/** Boxes that differ per sample. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { tensor } from '../../tensor/dtype'
import type { ImageShape } from '../transform'

/** Rows and columns of a box, from the first to one past the last, each [N, 1]. */
export interface Box {
  readonly top: Value
  readonly bottom: Value
  readonly left: Value
  readonly right: Value
}

/** Which pixels are inside the box: [N, 1, height, width]. */
export function insideBox(b: GraphBuilder, { top, bottom, left, right }: Box, [, height, width]: ImageShape): Value {
  return b.And(
    b.Reshape(insideSpan(b, top, bottom, height), [-1, 1, height, 1]),
    b.Reshape(insideSpan(b, left, right, width), [-1, 1, 1, width]),
  )
}

/** Which of `size` positions are in [begin, end): [N, size]. */
function insideSpan(b: GraphBuilder, begin: Value, end: Value, size: number): Value {
  const middles = Array.from({ length: size }, (_, i) => i + 0.5)
  const at = b.constant(tensor('float32', [1, size], middles))
  return b.And(b.Greater(at, begin), b.Less(at, end))
}
