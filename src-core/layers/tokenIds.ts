/** Shared code of the layers that look up token ids: their parameters, and the ids with all their checks. */
import type { Value } from '../onnx/graph'
import { integer, text } from '../params/params'
import { formatShape } from '../tensor/shape'
import { requireRank } from './checks'
import type { LowerContext } from './layer'

/** No id is padding. */
const NONE = -1

export const embeddingParams = {
  numEmbeddings: integer(text('Number of embeddings', '嵌入个数'), {
    default: 10_000,
    min: 1,
    max: 10_000_000,
    doc: text(
      'Rows of the table: at least the number of ids in the vocabulary, including padding and unknown.',
      '表的行数：不少于词表中编号的个数，填充与未知词也计在内。',
    ),
  }),
  embeddingDim: integer(text('Embedding size', '嵌入维数'), {
    default: 64,
    min: 1,
    max: 65_536,
    doc: text('Size of the vector of one token; 16 to 300 is typical.', '每个词元的向量维数；常用 16 到 300。'),
  }),
  paddingIdx: integer(text('Padding id', '填充编号'), {
    default: 0,
    min: NONE,
    doc: text(
      'Id of padding tokens: they are ignored and not learned. −1 for none.',
      '填充词元的编号：不参与计算，也不学习。−1 表示没有。',
    ),
  }),
} as const

/** [N, length] */
export const embeddingRanks = [2]

interface EmbeddingValues {
  readonly numEmbeddings: number
  readonly embeddingDim: number
  readonly paddingIdx: number
}

export interface TokenIds {
  /** int32 [N, L]. Samples are float32 when they enter the network, which represents every id exactly. */
  readonly ids: Value
  /** float32 [N, L]: 1 for tokens that count, 0 for padding; absent if no id is padding. */
  readonly kept: Value | undefined
  /** [numEmbeddings, embeddingDim] */
  readonly weight: Value
}

/**
 * The ids in the first input [N, L] and the table to look them up in. Ids outside the table are rejected before
 * anything runs.
 */
export function tokenIds(c: LowerContext<EmbeddingValues>, title: string): TokenIds {
  const { numEmbeddings, embeddingDim, paddingIdx } = c.params
  checkSource(c)
  requireRank(c, title, embeddingRanks)
  checkTable(c)
  const padded = paddingIdx !== NONE
  return {
    ids: c.b.Cast(c.x, { to: 'int32' }),
    kept: padded ? c.b.Cast(c.b.Not(c.b.Equal(c.x, c.b.scalar(paddingIdx))), { to: 'float32' }) : undefined,
    weight: c.weight('weight', [numEmbeddings, embeddingDim], {
      kind: 'normal',
      ...(padded && { zeroRow: paddingIdx }),
    }),
  }
}

/** Outputs of other layers are not ids, and neither are pixels or table cells. */
function checkSource(c: LowerContext<EmbeddingValues>): void {
  const received = formatShape(c.x.type.shape)
  if (c.x.name !== c.fed.name) c.problem('embedding-ids', 'not-samples', { received })
  if (c.vocabulary === 'none') c.problem('embedding-ids', 'not-texts', { shape: received })
}

function checkTable(c: LowerContext<EmbeddingValues>): void {
  const { numEmbeddings, paddingIdx } = c.params
  if (typeof c.vocabulary === 'number' && c.vocabulary > numEmbeddings)
    c.problem(
      'embedding-ids',
      'vocabulary',
      { count: numEmbeddings, vocabulary: c.vocabulary },
      { param: 'numEmbeddings' },
    )
  if (paddingIdx >= numEmbeddings)
    c.problem('embedding-ids', 'padding', { padding: paddingIdx, last: numEmbeddings - 1 }, { param: 'paddingIdx' })
}
