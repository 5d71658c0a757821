/** Elementwise operators on blocked values. Broadcast operands are converted to fit the blocked order. */
import { elementwise } from '../../../onnx/rules/elementwise'
import type { Node, Value } from '../../../onnx/graph'
import { tensor } from '../../../tensor/dtype'
import { concrete, elementCount, sameShape, type Shape } from '../../../tensor/shape'
import type { BlockedRule } from '../blockLayout'
import type { LayoutBuilder } from './layoutBuilder'
import { scaleChannels } from './normalization'

type Form = 'same' | 'scalar' | 'perChannel' | 'pattern'

/** How an operand of `shape` combines with a result of shape [N, C, H, W]; undefined if it has no blocked form. */
function formOf(shape: Shape, result: Shape, constant: boolean): Form | undefined {
  if (sameShape(shape, result)) return 'same'
  if (elementCount(shape) === 1) return 'scalar'
  if (shape.length !== 4) return undefined
  const [n, c, h, w] = shape
  if (c === result[1] && h === 1 && w === 1) return 'perChannel'
  return constant && n === 1 && c === 1 && h === result[2] && w === result[3] ? 'pattern' : undefined
}

export const blockedElementwise: BlockedRule = (layout, node) => {
  if (!(node.op in elementwise) || node.outputs.length > 1) return undefined
  const result = layout.shape(node.outputs[0]!)
  if (!node.inputs.some((name) => layout.hasBlocked(name)) || !layout.canBlock(node.outputs[0]!)) return undefined
  const forms = node.inputs.map((name) => formOf(layout.shape(name), result, layout.source.initializers.has(name)))
  if (forms.includes(undefined)) return undefined
  const { b } = layout
  if (forms.every((form) => form === 'same' || form === 'scalar')) {
    const inputs = node.inputs.map((name, i) => (forms[i] === 'same' ? layout.blocked(name) : layout.plain(name)))
    return { blocked: b.op(node.op, inputs, node.attributes)[0]! }
  }
  const scaled = perChannelOperation(layout, node, forms)
  if (scaled) return { blocked: scaled }
  const inputs = node.inputs.map((name, i) => operandView(layout, name, forms[i]!, result))
  const [n, channels, height, width] = result.map(concrete) as [number, number, number, number]
  return { blocked: b.Reshape(b.op(node.op, inputs, node.attributes)[0]!, [n, channels, height, width]) }
}

/** The vector [C] that a value [1, C, 1, 1] was reshaped from, so that equal operations keep equal inputs. */
function beforeReshape(layout: LayoutBuilder, name: string): string {
  const [source] = layout.producer(name)?.op === 'Reshape' ? layout.producer(name)!.inputs : []
  return source !== undefined && layout.shape(source).length === 1 ? source : name
}

/** x · c, x + c and x − c with one c per channel. */
function perChannelOperation(
  layout: LayoutBuilder,
  node: Node,
  forms: readonly (Form | undefined)[],
): Value | undefined {
  const image = forms.indexOf('same')
  const numbers = forms.indexOf('perChannel')
  if (forms.length !== 2 || image < 0 || numbers < 0 || layout.shape(node.inputs[numbers]!)[0] !== 1) return undefined
  const x = layout.blocked(node.inputs[image]!)
  const c = layout.plain(beforeReshape(layout, node.inputs[numbers]!))
  if (node.op === 'Mul') return scaleChannels(layout, x, c)
  if (node.op === 'Add') return scaleChannels(layout, x, undefined, c)
  if (node.op === 'Sub' && image === 0) return scaleChannels(layout, x, undefined, layout.b.Neg(c))
  return undefined
}

/** The operand as it broadcasts against [N, C/B, H·W, B]. */
function operandView(layout: LayoutBuilder, name: string, form: Form, result: Shape): Value {
  const { b, block } = layout
  const [n, channels, height, width] = result.map(concrete) as [number, number, number, number]
  switch (form) {
    case 'same':
      return b.Reshape(layout.blocked(name), [n, channels / block, height * width, block])
    case 'scalar':
      return layout.plain(name)
    case 'perChannel':
      return b.Reshape(layout.plain(name), [concrete(layout.shape(name)[0]), channels / block, 1, block])
    case 'pattern': {
      // Expanded for every channel of a block: broadcasting along the innermost axis would be slow.
      const data = layout.source.initializers.get(name)!.data as Float32Array
      const repeated = Array.from({ length: data.length * block }, (_, i) => data[Math.floor(i / block)]!)
      return b.constant(tensor('float32', [1, 1, height * width, block], repeated))
    }
  }
}
