/** U(−1/√fan_in, 1/√fan_in): what nn.Linear and nn.Conv2d draw for weight and bias. */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const pytorchDefault = defineInitializer({
  kind: 'pytorch-default',
  title: text('PyTorch default', 'PyTorch 默认'),
  doc: text(
    'U(−1/√fan_in, 1/√fan_in), the default of nn.Linear and nn.Conv2d for weight and bias.',
    'U(−1/√fan_in, 1/√fan_in)，nn.Linear 与 nn.Conv2d 权重和偏置的默认初始化。',
  ),
  params: {},
  value: (index, fans, draw) => (2 * draw.uniform(index) - 1) / Math.sqrt(fans.fanIn),
})
