/** Stochastic gradient descent with momentum and Nesterov's variant, like torch.optim.SGD. */
import { flag, real, text } from '../../params/params'
import { weightDecay } from '../decay'
import { defineOptimizer, withDecay } from '../optimizer'

export const sgd = defineOptimizer({
  kind: 'sgd',
  title: 'SGD',
  doc: text(
    'Steps down the gradient; momentum carries it through noise and flat regions.',
    '沿梯度下降；动量帮助越过噪声与平坦区域。',
  ),
  formula: 'v ← μ·v + g,  p ← p − η·v',
  params: {
    momentum: real(text('Momentum', '动量'), {
      default: 0,
      min: 0,
      max: 1,
      below: true,
      doc: text('Share of the previous step to keep; 0.9 is typical.', '保留上一步的比例；常用 0.9。'),
    }),
    nesterov: flag(text('Nesterov', 'Nesterov'), {
      default: false,
      doc: text('Looks ahead along the momentum.', '沿动量方向前瞻。'),
    }),
    weightDecay: weightDecay(0),
  },
  recommended: {
    learningRate: 0.01,
    why: text(
      '0.01 to 0.1 suits SGD; with momentum 0.9, start at the lower end.',
      'SGD 适合 0.01 到 0.1；动量为 0.9 时取较小值。',
    ),
  },
  slots: ({ momentum }) => ({ ...(momentum !== 0 && { momentum: 0 }) }),
  scalars: (_params, _step, learningRate) => ({ learningRate }),
  update({ b, parameters, gradients, slots, scalars, params }) {
    const g = withDecay(b, gradients, parameters, params.weightDecay)
    // PyTorch initializes the buffer with g; starting from zeros, the first v is μ·0 + g, which is the same.
    const v = slots.momentum && b.Add(b.Mul(slots.momentum, b.scalar(params.momentum)), g)
    const step = !v ? g : params.nesterov ? b.Add(g, b.Mul(v, b.scalar(params.momentum))) : v
    return {
      parameters: b.Sub(parameters, b.Mul(step, scalars.learningRate)),
      slots: { ...(v && { momentum: v }) },
    }
  },
})
