/**
 * The text of a project file, designed for git: deterministic for a given project, one line for what changes together,
 * and no parameters that only repeat a layer's default.
 */
import {
  loaderSchema,
  type GraphEdge,
  type GraphNode,
  type LoaderSettings,
  type NetworkGraph,
  type Project,
} from './project'

/** Maximum length of a line with a whole object or list. */
const LINE_LENGTH = 100

/** Properties that come first, in this order; the rest is alphabetical. */
const leadingKeys = [
  ...[
    'format',
    'version',
    'id',
    'origin',
    'kind',
    'name',
    'task',
    'data',
    'source',
    'split',
    'preprocess',
    'transforms',
  ],
  ...['params', 'trainable', 'initializers', 'position', 'repeat', 'graph', 'nodes', 'edges', 'from', 'to', 'port'],
  ...['training', 'loss', 'optimizer', 'schedule', 'learningRate', 'batchSize', 'epochs'],
  ...['validation', 'test', 'stratify', 'seed', 'given', 'enabled', 'earlyStopping', 'device', 'threads', 'loader'],
]
const rankOf = new Map(leadingKeys.map((key, index) => [key, index]))

/** The project as text, ending with a newline. `parseProject` restores an equal project. */
export function formatProject(project: Project): string {
  return `${formatValue(shortProject(project), '', 0)}\n`
}

type Json = number | string | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json }

/** Values restored by parsing are omitted if most projects do not change them. */
function shortProject({ transforms, graph, data, training, ...project }: Project): Json {
  const { given, ...split } = data.split
  const { loader, ...settings } = training
  return {
    ...project,
    data: { ...data, split: given ? split : { ...split, given } },
    ...(transforms.length > 0 && {
      transforms: transforms.map(({ enabled, ...step }) => (enabled ? step : { ...step, enabled })),
    }),
    graph: withoutDefaults(graph),
    training: isDefaultLoader(loader) ? settings : { ...settings, loader },
  }
}

function isDefaultLoader(loader: LoaderSettings): boolean {
  return JSON.stringify(loader) === JSON.stringify(loaderSchema.parse({}))
}

function withoutDefaults(graph: NetworkGraph): { nodes: Json[]; edges: Json[] } {
  return { nodes: graph.nodes.map(shortNode), edges: graph.edges.map(shortEdge) }
}

function shortNode({ params, trainable, initializers, graph, ...node }: GraphNode): Json {
  return {
    ...node,
    ...(Object.keys(params).length > 0 && { params }),
    ...(!trainable && { trainable }),
    ...(Object.keys(initializers).length > 0 && { initializers }),
    ...(graph !== undefined && { graph: withoutDefaults(graph) }),
  }
}

function shortEdge({ from, to, port }: GraphEdge): Json {
  return port === 'x' ? { from, to } : { from, to, port }
}

/** `value` as JSON for a line indented by `indent` with `used` characters already on it. */
function formatValue(value: Json, indent: string, used: number): string {
  if (typeof value !== 'object' || value === null) return formatScalar(value)
  const isList = isArray(value)
  const [open, close, gap] = isList ? ['[', ']', ''] : ['{', '}', ' ']
  const members: [string, Json][] = isList ? value.map((item) => ['', item]) : sortedEntries(value)
  if (members.length === 0) return open + close
  if (members.every(([, member]) => isLeaf(member))) {
    const inner = members.map(([key, member]) => key + formatLeaf(member)).join(', ')
    const line = open + gap + inner + gap + close
    if (indent.length + used + line.length < LINE_LENGTH) return line
  }
  const deeper = `${indent}  `
  const lines = members.map(([key, member]) => deeper + key + formatValue(member, deeper, key.length))
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** The properties as `"key": ` and value, in their fixed order; undefined ones are omitted. */
function sortedEntries(object: { readonly [key: string]: Json }): [string, Json][] {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([key, value]) => [`${JSON.stringify(key)}: `, value])
}

function rank(key: string): number {
  return rankOf.get(key) ?? leadingKeys.length
}

/** Values that may share a line: numbers, texts, and lists of them. */
function isLeaf(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true
  return isArray(value) && value.every((item) => typeof item !== 'object' || item === null)
}

function formatLeaf(value: Json): string {
  if (typeof value === 'object' && value !== null && isArray(value)) return `[${value.map(formatScalar).join(', ')}]`
  return formatScalar(value)
}

/** JSON.stringify writes negative zero as 0, which would not round-trip. */
function formatScalar(value: Json): string {
  return Object.is(value, -0) ? '-0' : JSON.stringify(value ?? null)
}

function isArray(value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] {
  return Array.isArray(value)
}
