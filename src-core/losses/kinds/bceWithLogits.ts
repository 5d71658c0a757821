/** Binary cross-entropy between σ(prediction) and 0/1 labels, in the form that cannot overflow. */
import { text } from '../../params/params'
import { defineLoss, meanOfOutputs } from '../loss'

export const bceWithLogits = defineLoss({
  kind: 'bce-with-logits',
  title: text('Binary cross-entropy with logits', '二元交叉熵（logits）'),
  doc: text(
    'For yes or no: one output, sigmoid included. Two classes only.',
    '用于二选一：一个输出，自带 sigmoid。仅限两个类别。',
  ),
  formula: 'max(x, 0) − x·y + log(1 + exp(−|x|))',
  params: {},
  tasks: ['classification'],
  targetForm: 'numbers',
  classes: 2,
  outputUnits: () => 1,
  lower({ b, prediction: x, target: y }) {
    const zero = b.scalar(0, x.type.dtype)
    const tail = b.Softplus(b.Neg(b.Abs(x)))
    return { losses: meanOfOutputs(b, b.Add(b.Sub(b.Max(x, zero), b.Mul(x, y)), tail)) }
  },
})
