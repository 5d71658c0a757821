/** Concat: joins tensors along one axis; all other sizes must agree. */
import { formatShape, normalizeAxis, sameShape } from '../../tensor/shape'
import { integer, text } from '../../params/params'
import { defineLayer, portName } from '../layer'

export const concat = defineLayer({
  kind: 'concat',
  title: 'Concat',
  category: 'combine',
  doc: text('Joins tensors along one axis, by default the channels.', '沿一个轴拼接张量，默认为通道轴。'),
  formula: 'channels = a + b + …',
  params: {
    dim: integer(text('Axis', '轴'), {
      default: 1,
      min: -7,
      max: 7,
      doc: text('Axis to join along; 1 is the channels or features.', '拼接的轴；1 为通道或特征。'),
    }),
  },
  ports: 'variadic',
  lower(c) {
    const shape = c.x.type.shape
    const axis = normalizeAxis(c.params.dim, shape.length)
    if (axis < 1 || axis >= shape.length)
      c.problem('node-param', {
        message: `${c.id} joins along axis ${c.params.dim}, but its inputs have axes 1 to ${shape.length - 1} beside the batch.`,
        expected: `an axis between 1 and ${shape.length - 1}, or −1`,
        received: `axis ${c.params.dim}`,
        fix: 'Set dim to 1.',
        data: { case: 'axis', dim: c.params.dim, last: shape.length - 1, best: 1 },
        param: 'dim',
      })
    const others = (s: typeof shape) => s.map((d, i) => (i === axis ? 0 : d))
    c.inputs.forEach(({ type }, i) => {
      if (sameShape(others(type.shape), others(shape))) return
      c.problem('shape-mismatch', {
        message: `${c.id}: inputs differ in more than axis ${axis}.`,
        arithmetic: `a ${formatShape(shape)}, ${portName(i)} ${formatShape(type.shape)}`,
        expected: `${portName(i)} like ${formatShape(shape.map((d, j) => (j === axis ? 'N' : d)))} with any size at axis ${axis}`,
        received: formatShape(type.shape),
        fix: `Connect ${portName(i)} to a layer whose other sizes agree, or disconnect it.`,
        data: { case: 'concat', port: portName(i), axis, shape: formatShape(shape), fix: 'none' },
      })
    })
    return c.b.Concat(c.inputs, { axis })
  },
  summary: ({ dim }) => `axis ${dim}`,
})
