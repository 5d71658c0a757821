/** Reverse-mode differentiation: walks a graph backward from the loss and appends the gradient operators. */
import { invariant } from '../base/assert'
import { formatShape, sameShape } from '../tensor/shape'
import type { GraphBuilder } from '../onnx/builder'
import type { Node, Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import { gradientRules } from './gradients/index'
import { zeros, type GradientContext, type GradientRule } from './rule'

/** Names of all values that depend on one of `sources`. */
function dependents(nodes: readonly Node[], sources: readonly Value[]): Set<string> {
  const names = new Set(sources.map(({ name }) => name))
  for (const node of nodes)
    if (node.inputs.some((name) => names.has(name))) node.outputs.forEach((name) => names.add(name))
  return names
}

/**
 * Gradient of the scalar `loss` with respect to each of `sources`, in order.
 * A source the loss does not depend on gets zeros.
 */
export function backward(b: GraphBuilder, loss: Value, sources: readonly Value[], target: Target): Value[] {
  invariant(loss.type.shape.length === 0, `the loss must be a scalar, received ${formatShape(loss.type.shape)}`)
  const nodes = [...b.graph.nodes]
  const wanted = dependents(nodes, sources)
  const gradients = new Map<string, Value>([[loss.name, b.scalar(1, loss.type.dtype)]])

  for (const node of nodes.reverse()) {
    if (!node.outputs.some((name) => gradients.has(name)) || !node.inputs.some((name) => wanted.has(name))) continue
    const context = gradientContext(b, node, target, gradients, wanted)
    const rule: GradientRule | undefined = (gradientRules as Partial<Record<string, GradientRule>>)[node.op]
    invariant(rule, `${node.op} in ${node.scope} has no gradient`)
    b.within(`${node.scope}/backward`, () => {
      rule(context).forEach((gradient, i) => {
        if (gradient && context.needs(i)) accumulate(b, gradients, node, i, gradient)
      })
    })
  }
  return sources.map((source) => gradients.get(source.name) ?? zeros(b, source))
}

function gradientContext(
  b: GraphBuilder,
  node: Node,
  target: Target,
  gradients: ReadonlyMap<string, Value>,
  wanted: ReadonlySet<string>,
): GradientContext {
  return {
    b,
    node,
    target,
    input: (i) => b.value(node.inputs[i]!),
    output: (i) => b.value(node.outputs[i]!),
    get dy() {
      return gradients.get(node.outputs[0]!) ?? zeros(b, b.value(node.outputs[0]!))
    },
    outputGradient: (i) => gradients.get(node.outputs[i]!),
    needs: (i) => wanted.has(node.inputs[i]!),
  }
}

/** Adds a contribution to the gradient of input `index`, after checking its shape and type. */
function accumulate(b: GraphBuilder, gradients: Map<string, Value>, node: Node, index: number, gradient: Value): void {
  const name = node.inputs[index]!
  const { type } = b.value(name)
  invariant(
    sameShape(gradient.type.shape, type.shape) && gradient.type.dtype === type.dtype,
    `gradient of ${node.op} input ${index} (${name}): expected ${type.dtype} ${formatShape(type.shape)}, ` +
      `received ${gradient.type.dtype} ${formatShape(gradient.type.shape)}`,
  )
  const known = gradients.get(name)
  gradients.set(name, known ? b.Add(known, gradient) : gradient)
}
