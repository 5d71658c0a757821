/** The operators that Layerloom writes, with one shape rule each. The table is the list: other names do not compile. */
import { convolutions } from './rules/convolution'
import { elementwise } from './rules/elementwise'
import { matrix } from './rules/matrix'
import { movement } from './rules/movement'
import { reduction } from './rules/reduction'
import type { Graph } from './graph'
import type { ShapeRule } from './rules/rule'

const controlFlow = {
  /** Carried values keep their types; each scan output gains a leading axis of unknown length, written as `N`. */
  Loop: (node) => {
    const body = node.attributes.body as Graph
    const carried = node.inputs.length - 2
    return body.outputs
      .slice(1)
      .map(({ type }, i) => (i < carried ? type : { dtype: type.dtype, shape: ['N' as const, ...type.shape] }))
  },
} as const satisfies Record<string, ShapeRule>

export const shapeRules = { ...elementwise, ...reduction, ...matrix, ...convolutions, ...movement, ...controlFlow }

export type OpName = keyof typeof shapeRules

/** Operator domains by name prefix. `nchwc` is internal to ONNX Runtime: probed before use. */
export const domains: Record<string, string> = { nchwc: 'com.microsoft.nchwc', ms: 'com.microsoft' }

/** Splits `nchwc.Conv` into its domain and its name within it. */
export function splitOpName(op: OpName): { domain: string; type: string } {
  const dot = op.indexOf('.')
  return dot < 0 ? { domain: '', type: op } : { domain: domains[op.slice(0, dot)]!, type: op.slice(dot + 1) }
}
