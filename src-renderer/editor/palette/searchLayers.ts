/** Searches palette layers by name, kind, category or a word of their description; the best match comes first. */

export interface SearchableLayer {
  readonly kind: string
  readonly title: string
  readonly category: string
  readonly doc: string
}

/** Score by where a word was found: at the start of the name, inside it, in the category, in the description. */
function scoreWord(word: string, layer: SearchableLayer): number {
  const title = layer.title.toLowerCase()
  if (title === word || layer.kind === word) return 8
  if (title.startsWith(word) || layer.kind.startsWith(word)) return 6
  if (title.includes(word) || layer.kind.includes(word)) return 4
  if (layer.category.toLowerCase().includes(word)) return 2
  return layer.doc.toLowerCase().includes(word) ? 1 : 0
}

/** Layers that contain every word of the query, best first, otherwise in default order; all for an empty query. */
export function searchLayers<Layer extends SearchableLayer>(layers: readonly Layer[], query: string): readonly Layer[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return layers
  const scored = layers.flatMap((layer) => {
    const scores = words.map((word) => scoreWord(word, layer))
    return scores.includes(0) ? [] : [{ layer, score: scores.reduce((sum, score) => sum + score, 0) }]
  })
  return scored.sort((a, b) => b.score - a.score).map(({ layer }) => layer)
}
