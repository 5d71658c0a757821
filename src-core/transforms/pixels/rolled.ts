/** A batch shifted by some positions, with the last samples first, like torch.roll. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'

export function rolledBy(b: GraphBuilder, x: Value, places: number): Value {
  const batch = concrete(x.type.shape[0])
  const moved = places % batch
  if (moved === 0) return x
  const from = Array.from({ length: batch }, (_, i) => (i + batch - moved) % batch)
  return b.Gather(x, b.constant(tensor('int32', [batch], from)), { axis: 0 })
}
