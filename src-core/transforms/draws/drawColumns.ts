/** The columns of a batch of draws, in the forms that image operators take. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { splitMany } from '../../onnx/splitMany'
import { concrete } from '../../tensor/shape'

/** Draws [N, width] as `width` values [N, 1]: the first ones by `names`, and the rest. */
export function drawColumns<const Name extends string>(
  b: GraphBuilder,
  draws: Value,
  ...names: readonly Name[]
): Readonly<Record<Name, Value>> & { readonly rest: readonly Value[] } {
  const columns = splitMany(b, draws, new Array<number>(concrete(draws.type.shape[1])).fill(1), 1)
  const named = Object.fromEntries(names.map((name, i) => [name, columns[i]])) as Record<Name, Value>
  return { ...named, rest: columns.slice(names.length) }
}

/** A column [N, 1] as one value for all pixels of a sample: [N, 1, 1, 1]. */
export function perSample(b: GraphBuilder, column: Value): Value {
  return b.Reshape(column, [-1, 1, 1, 1])
}
