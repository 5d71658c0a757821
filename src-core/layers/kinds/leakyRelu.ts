/** LeakyReLU: y = x > 0 ? x : slope·x */
import { real, text } from '../../params/params'
import { defineLayer } from '../layer'

export const leakyRelu = defineLayer({
  kind: 'leaky-relu',
  title: 'LeakyReLU',
  category: 'activation',
  doc: text(
    'Like ReLU, but with a small slope for negative inputs, so that no unit dies.',
    '类似 ReLU，但让负值少量通过，避免神经元失活。',
  ),
  formula: 'y = x > 0 ? x : slope·x',
  params: {
    negativeSlope: real(text('Negative slope', '负半轴斜率'), {
      default: 0.01,
      doc: text('Slope for negative inputs.', '输入为负时的斜率。'),
    }),
  },
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.LeakyRelu(c.x, { alpha: c.params.negativeSlope }),
  summary: ({ negativeSlope }) => `${negativeSlope}`,
})
