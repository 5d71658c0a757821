/** Linear warmup, then half a cosine to zero. */
import { text } from '../../params/params'
import { cosineFall, defineSchedule, linearRise } from '../schedule'
import { warmupParams } from '../warmup'

export const warmupCosine = defineSchedule({
  kind: 'warmup-cosine',
  title: text('Warm-up and cosine', '预热加余弦'),
  doc: text(
    'Rises to the full rate, then falls along a cosine to zero at the planned end.',
    '先升到完整学习率，再沿余弦降到零。',
  ),
  params: warmupParams,
  rate({ epochs: warmup, startFactor }, { step, stepsPerEpoch, epochs, base }) {
    const rise = warmup * stepsPerEpoch
    if (step < rise) return base * linearRise(step, rise, startFactor)
    return base * cosineFall((step - rise) / Math.max(epochs * stepsPerEpoch - rise, 1))
  },
})
