/** Cross-entropy between softmax(prediction) and the class per sample. */
import { softmax } from '../../layers/kinds/softmax'
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'
import { list, real, text } from '../../params/params'
import { defineLoss, type LossParamProblem } from '../loss'

export const crossEntropy = defineLoss({
  kind: 'cross-entropy',
  title: text('Cross-entropy', '交叉熵'),
  doc: text(
    'For one class out of several. Softmax is included, so the network ends in plain scores.',
    '用于多类单选。自带 softmax，网络末层直接输出得分。',
  ),
  formula: '−log softmax(x)[class]',
  params: {
    labelSmoothing: real(text('Label smoothing', '标签平滑'), {
      default: 0,
      min: 0,
      max: 1,
      doc: text(
        'Share of the label spread evenly over all classes; 0.1 tempers overconfidence.',
        '把标签的一部分均匀分给所有类别；0.1 可抑制过度自信。',
      ),
    }),
    weight: list(text('Class weights', '类别权重'), {
      default: null,
      min: 0,
      integer: false,
      optional: true,
      doc: text('One weight per class, for imbalanced data.', '每个类别一个权重，用于类别不平衡的数据。'),
    }),
  },
  tasks: ['classification'],
  targetForm: 'classes',
  applies: softmax.kind,
  outputUnits: (classes) => classes,
  checkClasses({ weight }, classes): LossParamProblem | undefined {
    if (!weight) return undefined
    const values = { count: weight.length, classes, received: `[${weight.join(', ')}]` }
    if (weight.length !== classes) return { param: 'weight', problemCase: 'class-weights', values }
    if (weight.some((value) => value > 0)) return undefined
    return { param: 'weight', problemCase: 'no-class-weight', values }
  },
  lower({ b, prediction, target, params, lowering }) {
    const classes = concrete(prediction.type.shape[1])
    const logits = lowering.portable
      ? b.Sub(prediction, b.ReduceLogSumExp(prediction, [1], 1))
      : b.LogSoftmax(prediction, { axis: 1 })
    const range = b.constant(
      tensor(
        'int32',
        [1, classes],
        Array.from({ length: classes }, (_, i) => i),
      ),
    )
    const oneHot = b.Cast(b.Equal(b.Unsqueeze(target, [1]), range), { to: prediction.type.dtype })
    const { labelSmoothing: smoothing, weight } = params
    const scalar = (value: number) => b.scalar(value, prediction.type.dtype)
    const wanted = smoothing === 0 ? oneHot : b.Add(b.Mul(oneHot, scalar(1 - smoothing)), scalar(smoothing / classes))
    if (!weight) return { losses: b.Neg(b.ReduceSum(b.Mul(wanted, logits), [1])) }
    const row = b.constant(tensor(prediction.type.dtype, [1, weight.length], weight))
    return {
      losses: b.Neg(b.ReduceSum(b.Mul(b.Mul(wanted, row), logits), [1])),
      weights: b.ReduceSum(b.Mul(oneHot, row), [1]),
    }
  },
})
