/** Reshape: gives one sample another shape with the same number of elements. */
import { elementCount, formatProduct, formatShape } from '../../tensor/shape'
import { list, text } from '../../params/params'
import { defineLayer } from '../layer'

export const reshape = defineLayer({
  kind: 'reshape',
  title: 'Reshape',
  category: 'shape',
  doc: text(
    'Gives every sample a new shape; the batch axis stays. One size may be −1.',
    '改变每个样本的形状，批保持不变。其中一个尺寸可以为 −1。',
  ),
  formula: 'Π shape = Π in',
  params: {
    shape: list(text('Shape', '形状'), {
      default: [-1],
      min: -1,
      integer: true,
      doc: text(
        'New shape of a sample without the batch, e.g. [1, 28, 28].',
        '样本的新形状（不含批），例如 [1, 28, 28]。',
      ),
    }),
  },
  ports: ['x'],
  spatial: 'mixed',
  width: 'own',
  linearMap: 'fixed',
  size: ([input], output) => ({
    kind: 'elements',
    arithmetic: formatProduct(input!.slice(1)),
    value: formatProduct(output.slice(1)),
  }),
  lower(c) {
    const wanted = c.params.shape
    const count = elementCount(c.x.type.shape.slice(1))
    const known = wanted.filter((size) => size !== -1).reduce((product, size) => product * size, 1)
    const holes = wanted.filter((size) => size === -1).length
    const fits =
      !wanted.includes(0) && wanted.length > 0 && holes <= 1 && (holes === 1 ? count % known === 0 : count === known)
    if (!fits)
      c.problem(
        'shape-reshape',
        'any',
        {
          from: formatShape(c.x.type.shape),
          to: `N×${wanted.join('×')}`,
          count,
          received: `[${wanted.join(', ')}]`,
        },
        {
          arithmetic: `${c.x.type.shape.slice(1).join('·')} = ${count} ≠ ${wanted.join('·').replaceAll('-', '−')}`,
          param: 'shape',
        },
      )
    return c.b.reshapeLike(
      c.x,
      c.x,
      wanted.map((size) => (size === -1 ? count / known : size)),
    )
  },
  summary: ({ shape }) => (shape ?? []).join('×').replaceAll('-', '−'),
})
