/** Adam: steps scaled by running moments of the gradient (Kingma and Ba 2014), like torch.optim.Adam. */
import { text } from '../../params/params'
import { adamParams, adamScalars, adamStep } from '../adamMoments'
import { weightDecay } from '../decay'
import { defineOptimizer, withDecay } from '../optimizer'

export const adam = defineOptimizer({
  kind: 'adam',
  title: 'Adam',
  doc: text(
    'Adapts the step size of every weight. Works almost everywhere without tuning.',
    '为每个权重自适应步长，几乎无需调参即可使用。',
  ),
  formula: 'm ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  p ← p − η·m̂/(√v̂ + ε)',
  params: { ...adamParams, weightDecay: weightDecay(0) },
  recommended: {
    learningRate: 0.001,
    why: text('0.001 suits Adam for most networks.', '0.001 适合大多数使用 Adam 的网络。'),
  },
  slots: () => ({ mean: 0, square: 0 }),
  scalars: adamScalars,
  update({ b, parameters, gradients, slots, scalars, params }) {
    const g = withDecay(b, gradients, parameters, params.weightDecay)
    const next = adamStep(b, g, slots, scalars, params)
    return { parameters: b.Sub(parameters, next.step), slots: next.slots }
  },
})
