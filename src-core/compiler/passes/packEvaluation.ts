/** Packs an evaluation: picks the batch, and takes parameters and statistics from a few flat inputs. */
import { GraphBuilder } from '../../onnx/builder'
import { inlineComputed, pickBatch, unpackState, type Packing } from '../packing'
import { layoutState, type NetworkState } from '../stateLayout'

export function packEvaluation(evaluation: Packing): { readonly b: GraphBuilder; readonly state: NetworkState } {
  const { network, target } = evaluation
  const { graph } = evaluation.b
  const state = layoutState(network.weights, network.statistics)
  const b = new GraphBuilder('evaluation')
  const { tensors } = unpackState(b, state, target)
  const result = inlineComputed(b, graph, new Map([...tensors, ...pickBatch(b, evaluation)]))
  for (const { name } of graph.outputs) b.output(result(name), name)
  return { b, state }
}
