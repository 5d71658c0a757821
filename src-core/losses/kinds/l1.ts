/** The absolute difference; robust against outliers. */
import { text } from '../../params/params'
import { defineLoss, meanOfOutputs } from '../loss'

export const l1 = defineLoss({
  kind: 'l1',
  title: text('Mean absolute error', '平均绝对误差'),
  doc: text('The absolute difference; robust to outliers.', '差的绝对值；对离群值稳健。'),
  formula: '|x − y|',
  params: {},
  tasks: ['regression'],
  targetForm: 'numbers',
  lower({ b, prediction, target }) {
    return { losses: meanOfOutputs(b, b.Abs(b.Sub(prediction, target))) }
  },
})
