/** The parameters of schedules with a warmup. */
import { real, text } from '../params/params'

export const warmupParams = {
  epochs: real(text('Warm-up', '预热'), {
    default: 1,
    min: 0,
    doc: text('Epochs until the full rate is reached.', '达到完整学习率所需的轮数。'),
  }),
  startFactor: real(text('Start', '起始'), {
    default: 0.1,
    min: 0,
    max: 1,
    doc: text('Share of the rate at the first step.', '第一步占完整学习率的比例。'),
  }),
}
