/** Flatten: joins axes into one, most often everything but the batch. */
import { elementCount, formatProduct, normalizeAxis } from '../../tensor/shape'
import { integer, text } from '../../params/params'
import { defineLayer } from '../layer'

export const flatten = defineLayer({
  kind: 'flatten',
  title: 'Flatten',
  category: 'shape',
  doc: text(
    'Merges a range of axes into one; by default all but the batch. [N, C, H, W] → [N, C·H·W].',
    '把一段轴合并为一个；默认合并批以外的全部轴。[N, C, H, W] → [N, C·H·W]。',
  ),
  formula: 'features = C·H·W',
  params: {
    startDim: integer(text('First axis', '起始轴'), {
      default: 1,
      min: 1,
      max: 7,
      doc: text('First axis to merge; axis 0 is the batch.', '要合并的第一个轴；轴 0 是批。'),
    }),
    endDim: integer(text('Last axis', '结束轴'), {
      default: -1,
      min: -7,
      max: 7,
      doc: text('Last axis to merge; −1 is the last one.', '要合并的最后一个轴；−1 表示末轴。'),
    }),
  },
  ports: ['x'],
  spatial: 'pointwise',
  width: (input) => (input.slice(2).every((size) => size === 1) ? 'kept' : 'own'),
  linearMap: 'fixed',
  size: ([input], output) =>
    output.length === 2
      ? { kind: 'features', arithmetic: formatProduct(input!.slice(1)), value: output[1]! }
      : undefined,
  lower(c) {
    const { shape } = c.x.type
    const { startDim } = c.params
    const endDim = normalizeAxis(c.params.endDim, shape.length)
    if (startDim >= shape.length || endDim >= shape.length || endDim < startDim)
      c.problem(
        'node-param',
        'joined-axes',
        { startDim, endDim: c.params.endDim, last: shape.length - 1 },
        { param: startDim >= shape.length ? 'startDim' : 'endDim' },
      )
    const joined = elementCount(shape.slice(startDim, endDim + 1))
    return c.b.reshapeLike(c.x, c.x, [...shape.slice(1, startDim), joined, ...shape.slice(endDim + 1)])
  },
})
