/** Tracks the plain and the blocked form of every value of the rewritten graph, and converts between them on demand. */
import { invariant } from '../../../base/assert'
import { GraphBuilder } from '../../../onnx/builder'
import type { Graph, Node, Value } from '../../../onnx/graph'
import { concrete, isConcrete, type Shape } from '../../../tensor/shape'

export class LayoutBuilder {
  readonly b: GraphBuilder
  private readonly producers: ReadonlyMap<string, Node>
  private readonly plainValues = new Map<string, Value>()
  private readonly blockedValues = new Map<string, Value>()

  constructor(
    readonly source: Graph,
    /** Channels per block. */
    readonly block: number,
  ) {
    this.b = new GraphBuilder(source.name, source.types)
    this.producers = new Map(source.nodes.flatMap((node) => node.outputs.map((name) => [name, node])))
    for (const { name, type } of source.inputs) this.plainValues.set(name, this.b.input(name, type))
  }

  /** The node of the source graph that produces `name`. */
  producer(name: string): Node | undefined {
    return this.producers.get(name)
  }

  shape(name: string): Shape {
    return this.source.types.get(name)?.shape ?? []
  }

  /** Float32 image tensors whose channels fill whole blocks can be blocked. */
  canBlock(name: string): boolean {
    const type = this.source.types.get(name)
    return type?.shape.length === 4 && isConcrete(type.shape) && concrete(type.shape[1]) % this.block === 0
  }

  hasBlocked(name: string): boolean {
    return this.blockedValues.has(name)
  }

  /** Already blocked, and not available in plain order: staying blocked saves a conversion. */
  onlyBlocked(name: string): boolean {
    return this.blockedValues.has(name) && !this.plainValues.has(name)
  }

  plain(name: string): Value {
    const known = this.plainValues.get(name)
    if (known) return known
    const constant = this.source.initializers.get(name)
    const blocked = this.blockedValues.get(name)
    invariant(constant || blocked, `${name} is used before it is computed`)
    const value = constant
      ? this.b.initializer(name, constant)
      : this.b.op('nchwc.ReorderOutput', [blocked], { channels: concrete(blocked!.type.shape[1]) })[0]!
    this.plainValues.set(name, value)
    return value
  }

  blocked(name: string): Value {
    const known = this.blockedValues.get(name)
    if (known) return known
    const value = this.b.op('nchwc.ReorderInput', [this.plain(name)])[0]!
    this.blockedValues.set(name, value)
    return value
  }

  define(name: string, forms: { blocked?: Value; plain?: Value }): void {
    if (forms.blocked) this.blockedValues.set(name, forms.blocked)
    if (forms.plain) this.plainValues.set(name, forms.plain)
  }

  /** Keeps the node unchanged, on plain values, under its own names. */
  keep(node: Node): void {
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.plain(name)))
    const outputs = this.b.within(node.scope, () => this.b.node(node.op, inputs, node.attributes, node.outputs))
    node.outputs.forEach((name, i) => this.plainValues.set(name, outputs[i]!))
  }

  /** A blocked value viewed as [N, C/B, H, W, B], its true order. */
  view(value: Value): Value {
    const [n, c, h, w] = value.type.shape.map(concrete) as [number, number, number, number]
    return this.b.Reshape(value, [n, c / this.block, h, w, this.block])
  }

  /** The inverse of `view`: [N, C/B, H, W, B] declared as NCHW again. */
  unview(value: Value): Value {
    const [n, blocks, h, w] = value.type.shape.map(concrete) as [number, number, number, number]
    return this.b.Reshape(value, [n, blocks * this.block, h, w])
  }
}
