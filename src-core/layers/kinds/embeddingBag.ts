/** EmbeddingBag: the mean or sum of the vectors of all tokens of a text (Joulin et al. 2016). */
import { choice, text } from '../../params/params'
import { defineLayer } from '../layer'
import { embeddingParams, embeddingRanks, tokenIds } from '../tokenIds'

export const embeddingBag = defineLayer({
  kind: 'embedding-bag',
  title: 'EmbeddingBag',
  category: 'embedding',
  doc: text(
    'The mean or sum of learned vectors over all tokens of a text, regardless of their order; fast, and enough for many texts. [N, length] → [N, embeddingDim].',
    '对文本全部词元的可学习向量取平均或求和，与顺序无关；速度快，足以应付许多文本任务。[N, length] → [N, embeddingDim]。',
  ),
  formula: 'y = mean over tokens of W[id]',
  params: {
    ...embeddingParams,
    mode: choice(text('Mode', '方式'), {
      default: 'mean',
      options: ['mean', 'sum'],
      doc: text(
        'Mean of the vectors, which makes long and short texts comparable, or their sum.',
        '取平均（使长短文本可比）或求和。',
      ),
    }),
  },
  ports: ['x'],
  ranks: embeddingRanks,
  spatial: 'mixed',
  width: 'own',
  lower(c) {
    const { b } = c
    const { numEmbeddings, mode } = c.params
    const { ids, kept, weight } = tokenIds(c, 'EmbeddingBag')
    // The count of each id in each text, times the table: ten times as fast as looking up rows and scattering their
    // gradients, and the gradient of the table is another product.
    const counted = kept ?? b.Add(b.Mul(c.x, b.scalar(0)), b.scalar(1))
    const tokens = b.ReduceSum(counted, [1], 1)
    const none = b.Expand(b.Mul(tokens, b.scalar(0)), [1, numEmbeddings])
    const sum = b.MatMul(b.ScatterElements(none, ids, counted, { axis: 1, reduction: 'add' }), weight)
    // A text without tokens gives zero, not zero divided by zero.
    return mode === 'sum' ? sum : b.Div(sum, b.Max(tokens, b.scalar(1)))
  },
  summary: ({ numEmbeddings, embeddingDim, mode }) => `${numEmbeddings}×${embeddingDim} · ${mode}`,
})
