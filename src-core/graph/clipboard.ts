/** Layers as clipboard text, so that they can be pasted into another project or sent to another user. */
import { z } from 'zod'
import { expansionProblems } from './blocks'
import { BLOCK, isBlockPort } from './kinds'
import { graphSchema, PROJECT_VERSION, type NetworkGraph } from './project'

/** Maximum length of clipboard text to parse, in characters. */
const MAX_LENGTH = 16_000_000

const clipSchema = z.object({
  format: z.literal('layerloom-layers'),
  version: z.literal(PROJECT_VERSION),
  graph: graphSchema,
})

/** The layers `ids` of `graph` and the edges between them as text. The ports of a block stay with the block. */
export function copyNodes(graph: NetworkGraph, ids: readonly string[]): string {
  const wanted = new Set(ids)
  const nodes = graph.nodes.filter((node) => {
    return wanted.has(node.id) && !isBlockPort(node)
  })
  const copied = new Set(nodes.map((node) => node.id))
  const edges = graph.edges.filter((edge) => copied.has(edge.from) && copied.has(edge.to))
  return JSON.stringify({ format: 'layerloom-layers', version: PROJECT_VERSION, graph: { nodes, edges } }, null, 2)
}

/** The layers in a clipboard text, for the command `nodes.paste`, or undefined for any other text. */
export function parseClipboard(text: string): NetworkGraph | undefined {
  if (text.length > MAX_LENGTH || !text.trimStart().startsWith('{')) return undefined
  try {
    const clip = clipSchema.safeParse(JSON.parse(text))
    if (!clip.success || !areBlocksWhole(clip.data.graph)) return undefined
    return expansionProblems(clip.data.graph).length === 0 ? clip.data.graph : undefined
  } catch {
    // Not JSON, or nested so deeply that the stack overflows.
    return undefined
  }
}

function areBlocksWhole(graph: NetworkGraph): boolean {
  return graph.nodes.every((node) => {
    const isWhole = (node.kind === BLOCK) === (node.graph !== undefined)
    return isWhole && (node.graph === undefined || areBlocksWhole(node.graph))
  })
}
