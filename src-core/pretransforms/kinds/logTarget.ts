/** The logarithm of the regression target, for targets that span several powers of ten; undone inside the model. */
import { fail } from '../../problems/problem'
import { real, text } from '../../params/params'
import { rowOf } from '../columns'
import { defineTargetPreTransform } from '../preTransform'

/** Smaller values in the other splits are raised to this, so that their loss stays finite. */
const LEAST = 1e-6

export const logTarget = defineTargetPreTransform({
  kind: 'log-target',
  on: 'target',
  title: text('Logarithm of target', '目标取对数'),
  doc: text(
    'The network learns ln(y + shift), so that relative errors count; predictions and all metrics stay in the original unit.',
    '网络学习 ln(y + 偏移)，即看重相对误差；模型输出和所有指标仍为原单位。',
  ),
  params: {
    shift: real(text('Shift', '偏移'), {
      default: 1,
      min: 0,
      doc: text('Added before taking the logarithm; 1 keeps zeros at zero.', '取对数前加上的数；1 使 0 仍为 0。'),
    }),
  },
  fit: (names, statistics, { shift }) => ({
    shift: statistics.map(({ min }, i) => (min + shift > 0 ? shift : failNegative(names[i]!, min, shift))),
  }),
  apply: (value, i, { shift }) => Math.log(Math.max(value + shift[i]!, LEAST)),
  lower: (b, target, { shift }) => b.Log(b.Max(b.Add(target, rowOf(b, target, shift)), b.scalar(LEAST))),
  inverse: (b, output, { shift }) => b.Sub(b.Exp(output), rowOf(b, output, shift)),
})

function failNegative(target: string, min: number, shift: number): never {
  return fail(
    'data-preprocess',
    'log-target',
    { column: target, bound: -shift, min: String(min), least: -min },
    { column: target, param: 'data.preprocess.log-target.shift' },
  )
}
