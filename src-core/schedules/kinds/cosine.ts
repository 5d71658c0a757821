/** Decays the rate along half a cosine, like torch's CosineAnnealingLR stepped after every batch. */
import { real, text } from '../../params/params'
import { cosineFall, defineSchedule } from '../schedule'

export const cosine = defineSchedule({
  kind: 'cosine',
  title: text('Cosine', '余弦'),
  doc: text(
    'Falls slowly, then fast, then slowly again to the minimum at the planned end. A good default for a fixed number of epochs.',
    '先慢后快再慢地降到最小值。轮次固定时的好选择。',
  ),
  params: {
    minimum: real(text('Minimum', '最小值'), {
      default: 0,
      min: 0,
      doc: text('Learning rate at the end.', '结束时的学习率。'),
    }),
  },
  rate: ({ minimum }, { step, stepsPerEpoch, epochs, base }) =>
    minimum + (base - minimum) * cosineFall(step / (stepsPerEpoch * epochs)),
})
