/** Squared near zero, absolute beyond delta: smooth and robust. */
import { real, text } from '../../params/params'
import { defineLoss, meanOfOutputs } from '../loss'

export const huber = defineLoss({
  kind: 'huber',
  title: text('Huber', 'Huber'),
  doc: text(
    'Quadratic near zero, linear beyond delta: smooth and robust.',
    '零附近为平方，超过 δ 后为线性：光滑且稳健。',
  ),
  formula: '|d| < δ ? d²/2 : δ·(|d| − δ/2)',
  params: {
    delta: real(text('Delta', 'δ'), {
      default: 1,
      min: 1e-6,
      doc: text('Error at which the loss turns from quadratic to linear.', '损失由平方转为线性的误差。'),
    }),
  },
  tasks: ['regression'],
  targetForm: 'numbers',
  lower({ b, prediction, target, params }) {
    // With c = min(|d|, δ): c·(|d| − c/2) covers both branches.
    const distance = b.Abs(b.Sub(prediction, target))
    const near = b.Min(distance, b.scalar(params.delta, distance.type.dtype))
    const half = b.Mul(near, b.scalar(0.5, distance.type.dtype))
    return { losses: meanOfOutputs(b, b.Mul(near, b.Sub(distance, half))) }
  },
})
