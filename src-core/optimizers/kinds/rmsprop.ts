/** RMSprop: steps divided by a running root mean square of the gradient (Hinton 2012), like torch.optim.RMSprop. */
import { flag, real, text } from '../../params/params'
import { weightDecay } from '../decay'
import { average, defineOptimizer, withDecay } from '../optimizer'

export const rmsprop = defineOptimizer({
  kind: 'rmsprop',
  title: 'RMSprop',
  doc: text('Divides every step by the recent magnitude of the gradient.', '每一步除以近期梯度的大小。'),
  formula: 'v ← αv + (1−α)g²,  p ← p − η·g/(√v + ε)',
  params: {
    alpha: real(text('Alpha', 'α'), {
      default: 0.99,
      min: 0,
      max: 1,
      below: true,
      doc: text('Decay rate of the running mean of squared gradients.', '梯度平方滑动均值的衰减率。'),
    }),
    eps: real(text('Epsilon', 'ε'), {
      default: 1e-8,
      min: 0,
      max: 1,
      doc: text('Keeps the step finite when gradients vanish.', '梯度消失时保持步长有限。'),
    }),
    momentum: real(text('Momentum', '动量'), {
      default: 0,
      min: 0,
      max: 1,
      below: true,
      doc: text('Share of the previous step to keep.', '保留上一步的比例。'),
    }),
    centered: flag(text('Centered', '中心化'), {
      default: false,
      doc: text(
        'Subtracts the mean gradient, so that steps are divided by its standard deviation.',
        '减去梯度均值，即除以其标准差。',
      ),
    }),
    weightDecay: weightDecay(0),
  },
  recommended: {
    learningRate: 0.001,
    why: text('0.001 suits RMSprop; 0.01 is often too high.', '0.001 适合 RMSprop；0.01 往往过大。'),
  },
  slots: ({ momentum, centered }) => ({
    square: 0,
    ...(centered && { mean: 0 }),
    ...(momentum !== 0 && { momentum: 0 }),
  }),
  scalars: (_params, _step, learningRate) => ({ learningRate }),
  update({ b, parameters, gradients, slots, scalars, params }) {
    const g = withDecay(b, gradients, parameters, params.weightDecay)
    const square = average(b, slots.square, b.Mul(g, g), params.alpha)
    const mean = slots.mean && average(b, slots.mean, g, params.alpha)
    const variance = mean ? b.Sub(square, b.Mul(mean, mean)) : square
    const step = b.Div(g, b.Add(b.Sqrt(variance), b.scalar(params.eps)))
    const moved = slots.momentum && b.Add(b.Mul(slots.momentum, b.scalar(params.momentum)), step)
    return {
      parameters: b.Sub(parameters, b.Mul(moved ?? step, scalars.learningRate)),
      slots: { square, ...(mean && { mean }), ...(moved && { momentum: moved }) },
    }
  },
})
