/** Concat: joins tensors along one axis; all other sizes must agree. */
import { formatShape, normalizeAxis, sameShape } from '../../tensor/shape'
import { integer, text } from '../../params/params'
import { defineLayer, portName } from '../layer'

export const concat = defineLayer({
  kind: 'concat',
  title: 'Concat',
  category: 'combine',
  doc: text('Concatenates tensors along one axis, by default the channels.', '沿一个轴拼接张量，默认为通道轴。'),
  formula: 'channels = a + b + …',
  params: {
    dim: integer(text('Axis', '轴'), {
      default: 1,
      min: -7,
      max: 7,
      doc: text('Axis to concatenate along; 1 is the channels or features.', '拼接的轴；1 为通道或特征。'),
    }),
  },
  ports: 'variadic',
  spatial: 'pointwise',
  width: 'own',
  linearMap: 'fixed',
  combines: 'along-axis',
  size(inputs, output, { dim }) {
    const axis = normalizeAxis(dim, output.length)
    const arithmetic = inputs.map((each) => each[axis]).join(' + ')
    return { kind: axis === 1 ? 'channels' : 'shape', arithmetic, value: output[axis]! }
  },
  lower(c) {
    const shape = c.x.type.shape
    const axis = normalizeAxis(c.params.dim, shape.length)
    if (axis < 1 || axis >= shape.length)
      c.problem('node-param', 'axis', { dim: c.params.dim, last: shape.length - 1, best: 1 }, { param: 'dim' })
    const others = (s: typeof shape) => s.map((d, i) => (i === axis ? 0 : d))
    c.inputs.forEach(({ type }, i) => {
      if (sameShape(others(type.shape), others(shape))) return
      const received = formatShape(type.shape)
      const values = { port: portName(i), axis, shape: formatShape(shape), received }
      c.problem('shape-mismatch', 'concat', values, {
        arithmetic: `a ${formatShape(shape)}, ${portName(i)} ${received}`,
        data: { fix: 'none' },
      })
    })
    return c.b.Concat(c.inputs, { axis })
  },
  summary: ({ dim }) => `axis ${dim}`,
})
