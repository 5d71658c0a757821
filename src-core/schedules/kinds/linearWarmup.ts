/** Raises the rate linearly over the first epochs, then keeps it; like torch's LinearLR stepped after every batch. */
import { text } from '../../params/params'
import { defineSchedule, linearRise } from '../schedule'
import { warmupParams } from '../warmup'

export const linearWarmup = defineSchedule({
  kind: 'linear-warmup',
  title: text('Linear warm-up', '线性预热'),
  doc: text(
    'Starts low and rises to the full rate, which stabilizes large batches and deep networks.',
    '从低学习率线性升高，使大批次与深网络更稳定。',
  ),
  params: warmupParams,
  rate: ({ epochs, startFactor }, { step, stepsPerEpoch, base }) =>
    base * linearRise(step, epochs * stepsPerEpoch, startFactor),
})
