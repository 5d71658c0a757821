/** Batch normalization of vectors and sequences: [N, C] or [N, C, L], statistics per channel. */
import { text } from '../../params/params'
import { batchNormFacts, batchNormParams, frozenDoc, lowerBatchNorm } from '../batchNorm'
import { requireRank } from '../checks'
import { defineLayer } from '../layer'

const ranks = [2, 3]

export const batchNorm1d = defineLayer({
  kind: 'batch-norm1d',
  title: 'BatchNorm1d',
  category: 'normalization',
  doc: text(
    `Normalizes every channel to mean 0 and standard deviation 1 over the batch, then scales and shifts it. [N, C] or [N, C, L] keeps its shape. ${frozenDoc.en}`,
    `在批内把每个通道归一化为均值 0、标准差 1，再缩放和平移。[N, C] 或 [N, C, L] 形状不变。${frozenDoc.zh}`,
  ),
  formula: 'y = γ·(x − μ) / √(σ² + ε) + β',
  params: batchNormParams,
  ports: ['x'],
  ranks,
  ...batchNormFacts,
  lower(c) {
    requireRank(c, 'BatchNorm1d', ranks)
    return lowerBatchNorm(c)
  },
})
