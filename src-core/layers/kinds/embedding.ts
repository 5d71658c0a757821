/** Embedding: a learned vector per token id. */
import { text } from '../../params/params'
import { defineLayer } from '../layer'
import { embeddingParams, embeddingRanks, tokenIds } from '../tokenIds'

export const embedding = defineLayer({
  kind: 'embedding',
  title: 'Embedding',
  category: 'embedding',
  doc: text(
    'Looks up a learned vector for every token of a text. [N, length] → [N, length, embeddingDim].',
    '为文本的每个词元查出一个可学习的向量。[N, length] → [N, length, embeddingDim]。',
  ),
  formula: 'y = W[id]',
  params: embeddingParams,
  ports: ['x'],
  ranks: embeddingRanks,
  spatial: 'mixed',
  width: 'own',
  lower(c) {
    const { ids, kept, weight } = tokenIds(c, 'Embedding')
    const rows = c.b.Gather(weight, ids, { axis: 0 })
    // The padding row starts at zero; without this factor it would be trained.
    return kept ? c.b.Mul(rows, c.b.Unsqueeze(kept, [2])) : rows
  },
  summary: ({ numEmbeddings, embeddingDim }) => `${numEmbeddings}×${embeddingDim}`,
})
