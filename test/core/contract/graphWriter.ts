/** Writes a project graph layer by layer. */
import type { ParamValue } from '#core/graph/choice'
import { graphSchema, type NetworkGraph } from '#core/graph/project'
import { portName } from '#core/layers/layer'

type Params = Record<string, ParamValue>

/** Collects nodes and edges; every method returns the id it created, for the next one to start from. */
export class GraphWriter {
  private readonly nodes: { id: string; kind: string; params: Params; trainable: boolean }[] = []
  private readonly edges: { from: string; to: string; port: string }[] = []

  /** Several sources are connected to the ports a, b, c, … of a layer that takes any number of inputs. */
  add(id: string, kind: string, params: Params = {}, from: readonly string[] = [], trainable = true): string {
    this.nodes.push({ id, kind, params, trainable })
    const variadic = kind === 'add' || kind === 'concat'
    from.forEach((source, i) => this.edges.push({ from: source, to: id, port: variadic ? portName(i) : 'x' }))
    return id
  }

  finish(): NetworkGraph {
    return graphSchema.parse({ nodes: this.nodes, edges: this.edges })
  }
}
