/** Pooling and nearest upsampling in the blocked layout. */
import type { OpName } from '../../../onnx/ops'
import type { BlockedRule } from '../blockLayout'

const blockedNames: Partial<Record<OpName, OpName>> = {
  MaxPool: 'nchwc.MaxPool',
  AveragePool: 'nchwc.AveragePool',
  GlobalAveragePool: 'nchwc.GlobalAveragePool',
}

export const blockedPool: BlockedRule = (layout, node) => {
  const [x] = node.inputs as [string]
  if (!layout.hasBlocked(x) || node.outputs.length > 1) return undefined
  const blocked = layout.b.op(blockedNames[node.op]!, [layout.blocked(x)], node.attributes)[0]!
  // A single pixel per channel has the same order in both layouts.
  return node.op === 'GlobalAveragePool' ? { blocked, plain: blocked } : { blocked }
}

export const blockedResize: BlockedRule = (layout, node) => {
  const [x, , scales] = node.inputs as [string, string, string]
  if (!layout.hasBlocked(x)) return undefined
  const factors = Array.from(layout.source.initializers.get(scales)!.data as Float32Array)
  const attributes = { scales: factors, mode: 'nearest', coordinate_transformation_mode: 'asymmetric' }
  return { blocked: layout.b.op('nchwc.Upsample', [layout.blocked(x)], attributes)[0]! }
}
