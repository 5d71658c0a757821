/** Where a sample enters the network. Its shape comes from the data unless set explicitly. */
import { formatShape } from '../../tensor/shape'
import { list, text } from '../../params/params'
import { defineLayer } from '../layer'

export const input = defineLayer({
  kind: 'input',
  title: 'Input',
  category: 'io',
  doc: text(
    'The samples of the dataset, one mini-batch at a time, after pre-transforms.',
    '数据集的样本，经过预处理后按小批送入网络。',
  ),
  formula: 'y = x',
  params: {
    shape: list(text('Shape', '形状'), {
      default: null,
      min: 1,
      integer: true,
      optional: true,
      unset: text('from data', '取自数据'),
      doc: text(
        'Shape of one sample without the batch, e.g. [1, 28, 28]; null takes it from the data.',
        '单个样本的形状（不含批），例如 [1, 28, 28]；null 表示由数据决定。',
      ),
    }),
  },
  ports: [],
  spatial: 'pointwise',
  width: 'kept',
  linearMap: 'fixed',
  lower(c) {
    const { shape } = c.params
    if (shape && formatShape(shape) !== formatShape(c.sample))
      c.problem(
        'shape-input',
        'differs',
        { shape: formatShape(shape), sample: formatShape(c.sample), sizes: `[${c.sample.join(', ')}]` },
        { param: 'shape', data: { fix: 'set-input-shape' } },
      )
    return c.x
  },
  summary: ({ shape }) => (shape ? formatShape(shape) : ''),
})
