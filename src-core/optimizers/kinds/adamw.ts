/** AdamW: Adam with decoupled weight decay (Loshchilov and Hutter 2017), like torch.optim.AdamW. */
import { text } from '../../params/params'
import { adamParams, adamScalars, adamStep } from '../adamMoments'
import { weightDecay } from '../decay'
import { defineOptimizer } from '../optimizer'

export const adamw = defineOptimizer({
  kind: 'adamw',
  title: 'AdamW',
  doc: text(
    'Adam with weight decay decoupled from the gradient; the better choice when decay is used.',
    '权重衰减与梯度分离的 Adam；需要衰减时更合适。',
  ),
  formula: 'p ← p − η·λ·p − η·m̂/(√v̂ + ε)',
  params: { ...adamParams, weightDecay: weightDecay(0.01) },
  recommended: {
    learningRate: 0.001,
    why: text('0.001 suits AdamW for most networks.', '0.001 适合大多数使用 AdamW 的网络。'),
  },
  slots: () => ({ mean: 0, square: 0 }),
  scalars: (params, step, learningRate) => ({
    ...adamScalars(params, step, learningRate),
    keep: 1 - learningRate * params.weightDecay,
  }),
  update({ b, parameters, gradients, slots, scalars, params }) {
    const next = adamStep(b, gradients, slots, scalars, params)
    const decayed = params.weightDecay === 0 ? parameters : b.Mul(parameters, scalars.keep)
    return { parameters: b.Sub(decayed, next.step), slots: next.slots }
  },
})
