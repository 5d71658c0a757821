/** Makes values that earlier passes computed outputs of the graph, under their own names. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'

/** A name whose value is undefined is left out. */
export function outputs<const Name extends string>(...names: readonly Name[]) {
  return ({ b, ...values }: { readonly b: GraphBuilder } & { readonly [N in Name]: Value | undefined }): void => {
    const named: Readonly<Partial<Record<string, Value>>> = values
    for (const name of names) {
      const value = named[name]
      if (value) b.output(value, name)
    }
  }
}
