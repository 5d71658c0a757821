/** Turns the weight and statistic inputs of a graph into initializers. */
import { invariant } from '../../base/assert'
import type { GraphBuilder } from '../../onnx/builder'
import type { NamedTensors } from '../weights'

export function bindWeights({ b, tensors }: { readonly b: GraphBuilder; readonly tensors: NamedTensors }): void {
  const initializers = new Map(b.graph.initializers)
  const inputs = b.graph.inputs.filter(({ name }) => {
    if (name === 'samples') return true
    const found = tensors.get(name)
    invariant(found, `no value for ${name}`)
    initializers.set(name, { dtype: 'float32', shape: found.shape, data: found.data })
    return false
  })
  b.replace({ ...b.graph, inputs, initializers })
}
