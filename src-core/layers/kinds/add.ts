/** Add: the sum of two or more tensors of equal shape, as in residual connections. */
import { formatShape, sameShape } from '../../tensor/shape'
import { text } from '../../params/params'
import { defineLayer, portName } from '../layer'

export const add = defineLayer({
  kind: 'add',
  title: 'Add',
  category: 'combine',
  doc: text(
    'Adds tensors of the same shape element by element, as in residual connections.',
    '逐元素相加形状相同的张量，用于残差连接。',
  ),
  formula: 'y = a + b + …',
  params: {},
  ports: 'variadic',
  spatial: 'pointwise',
  width: 'kept',
  linearMap: 'fixed',
  combines: 'elementwise',
  lower(c) {
    const shape = c.x.type.shape
    c.inputs.forEach(({ type }, i) => {
      if (sameShape(type.shape, shape)) return
      const channels =
        type.shape.length === shape.length &&
        type.shape.length === 4 &&
        type.shape[1] !== shape[1] &&
        sameShape(type.shape.slice(2), shape.slice(2))
      const values = {
        port: portName(i),
        shape: formatShape(shape),
        received: formatShape(type.shape),
        from: type.shape[1] as number,
        to: shape[1] as number,
      }
      c.problem('shape-mismatch', channels ? 'channels' : 'shapes', values, {
        arithmetic: `a ${formatShape(shape)} + ${portName(i)} ${formatShape(type.shape)}`,
        data: { fix: channels ? 'match-channels' : 'none' },
      })
    })
    return c.inputs.slice(1).reduce((sum, x) => c.b.Add(sum, x), c.x)
  },
})
