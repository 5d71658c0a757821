/** Makes the shares of mixed samples outputs `share.<places>`. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'

export function outputShares({ b, shares }: { readonly b: GraphBuilder; readonly shares: readonly Value[] }): void {
  shares.forEach((share, places) => b.output(share, `share.${places}`))
}
