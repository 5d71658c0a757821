/** Multiplies the rate by a factor every few epochs, like torch's StepLR. */
import { integer, real, text } from '../../params/params'
import { defineSchedule } from '../schedule'

export const step = defineSchedule({
  kind: 'step',
  title: text('Step', '阶梯'),
  doc: text('Multiplies the rate by gamma every few epochs.', '每隔若干轮把学习率乘以 γ。'),
  params: {
    stepSize: integer(text('Every', '间隔轮次'), {
      default: 10,
      min: 1,
      doc: text('Epochs between two drops.', '两次下降之间的轮数。'),
    }),
    gamma: real(text('Gamma', 'γ'), {
      default: 0.1,
      min: 0,
      max: 1,
      doc: text('Factor of each drop.', '每次下降的倍数。'),
    }),
  },
  rate: ({ stepSize, gamma }, { step, stepsPerEpoch, base }) =>
    base * gamma ** Math.floor(Math.floor(step / stepsPerEpoch) / stepSize),
})
