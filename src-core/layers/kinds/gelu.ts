/** GELU: y = x·Φ(x), with Φ the normal distribution function (Hendrycks and Gimpel 2016). */
import { choice, text } from '../../params/params'
import { defineLayer } from '../layer'

export const gelu = defineLayer({
  kind: 'gelu',
  title: 'GELU',
  category: 'activation',
  doc: text(
    'A smooth variant of ReLU; the usual choice in transformers.',
    'ReLU 的光滑版本，Transformer 中的常用选择。',
  ),
  formula: 'y = x·Φ(x)',
  params: {
    approximate: choice(text('Approximation', '近似'), {
      default: 'none',
      options: ['none', 'tanh'],
      doc: text('“tanh” replaces Φ with a faster approximation.', '“tanh” 用更快的近似代替 Φ。'),
    }),
  },
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower(c) {
    const { b, x } = c
    const half = b.Mul(x, b.scalar(0.5))
    if (c.params.approximate === 'none') return b.Mul(half, b.Add(b.Erf(b.Mul(x, b.scalar(Math.SQRT1_2))), b.scalar(1)))
    const cubic = b.Mul(b.Mul(b.Mul(x, x), x), b.scalar(0.044715))
    return b.Mul(half, b.Add(b.Tanh(b.Mul(b.Add(x, cubic), b.scalar(Math.sqrt(2 / Math.PI)))), b.scalar(1)))
  },
})
