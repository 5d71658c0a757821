/** Layer normalization: each sample separately, over its last axes (Ba et al. 2016). */
import { tensor } from '../../tensor/dtype'
import { concrete, formatShape } from '../../tensor/shape'
import { flag, list, real, text } from '../../params/params'
import { defineLayer } from '../layer'

export const layerNorm = defineLayer({
  kind: 'layer-norm',
  title: 'LayerNorm',
  category: 'normalization',
  doc: text(
    'Normalizes the last axes of every sample to mean 0 and standard deviation 1, then scales and shifts them. Independent of the batch.',
    '把每个样本的末几个轴归一化为均值 0、标准差 1，再缩放和平移；与批无关。',
  ),
  formula: 'y = γ·(x − μ) / √(σ² + ε) + β',
  params: {
    normalizedShape: list(text('Normalized shape', '归一化形状'), {
      default: null,
      min: 1,
      integer: true,
      optional: true,
      unset: text('last axis', '最后一个轴'),
      doc: text(
        'Sizes of the last axes to normalize together; null means the last axis.',
        '一起归一化的末几个轴的尺寸；null 表示最后一个轴。',
      ),
    }),
    eps: real(text('Epsilon', 'ε'), {
      default: 1e-5,
      min: 1e-12,
      max: 1,
      doc: text('Added to the variance to avoid division by zero.', '加在方差上，避免除以零。'),
    }),
    elementwiseAffine: flag(text('Scale and shift', '缩放与平移'), {
      default: true,
      doc: text('Learns a scale and a shift per element.', '为每个元素学习缩放与平移。'),
    }),
  },
  ports: ['x'],
  spatial: 'mixed',
  width: 'kept',
  lower(c) {
    const { shape } = c.x.type
    const sizes = c.params.normalizedShape ?? [concrete(shape.at(-1))]
    const axis = shape.length - sizes.length
    if (axis < 1 || formatShape(shape.slice(axis)) !== formatShape(sizes))
      c.problem(
        'shape-mismatch',
        'normalized',
        { sizes: formatShape(sizes), sample: shape.slice(1).join(', '), received: formatShape(shape) },
        { param: 'normalizedShape' },
      )
    const scale = c.params.elementwiseAffine
      ? c.weight('weight', sizes, { kind: 'ones' })
      : c.b.constant(tensor('float32', sizes, new Array<number>(sizes.reduce((a, b) => a * b, 1)).fill(1)))
    const shift = c.params.elementwiseAffine ? c.weight('bias', sizes, { kind: 'zeros' }) : undefined
    return c.b.LayerNormalization(c.x, scale, shift, { axis, epsilon: c.params.eps })
  },
  summary: ({ normalizedShape }) => (normalizedShape ? formatShape(normalizedShape) : ''),
})
