/** N(0, 1): what nn.Embedding draws. */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const normal = defineInitializer({
  kind: 'normal',
  title: text('Standard normal', '标准正态'),
  doc: text('N(0, 1), the default of nn.Embedding.', 'N(0, 1)，nn.Embedding 的默认初始化。'),
  params: {},
  value: (index, _, draw) => draw.normal(index),
})
