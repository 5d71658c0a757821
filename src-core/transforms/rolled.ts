/** A batch moved on by some places, the last samples coming first, as torch.roll. */
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import { concrete } from '../tensor/shape'

export function rolledBy(b: GraphBuilder, x: Value, places: number): Value {
  const batch = concrete(x.type.shape[0])
  const moved = places % batch
  if (moved === 0) return x
  const [front, back] = [b.Slice(x, [0], [batch - moved], [0]), b.Slice(x, [batch - moved], [batch], [0])]
  return b.Concat([back, front], { axis: 0 })
}
