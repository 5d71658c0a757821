/** The squared difference; the usual choice for numbers. Large errors weigh most. */
import { text } from '../../params/params'
import { defineLoss, meanOfOutputs } from '../loss'

export const mse = defineLoss({
  kind: 'mse',
  title: text('Mean squared error', '均方误差'),
  doc: text(
    'The squared difference; the usual choice for numbers. Large errors weigh most.',
    '差的平方；回归的常用选择，大误差权重更大。',
  ),
  formula: '(x − y)²',
  params: {},
  tasks: ['regression'],
  targetForm: 'numbers',
  lower({ b, prediction, target }) {
    const difference = b.Sub(prediction, target)
    return { losses: meanOfOutputs(b, b.Mul(difference, difference)) }
  },
})
