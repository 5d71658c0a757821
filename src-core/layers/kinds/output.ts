/** The network's answer: what the loss compares with the labels and what inference returns. */
import { text } from '../../params/params'
import { defineLayer } from '../layer'

export const output = defineLayer({
  kind: 'output',
  title: 'Output',
  category: 'io',
  doc: text(
    'Marks what the network predicts. The loss compares it with the labels; the exported model returns it.',
    '标记网络的预测。损失将其与标签比较，导出的模型返回它。',
  ),
  formula: 'y = x',
  params: {},
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  linearMap: 'fixed',
  lower: (c) => c.x,
})
