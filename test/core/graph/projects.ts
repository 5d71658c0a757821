/** Small networks written in one line, and random ones, for the tests of the document. */
import * as fc from 'fast-check'
import type { GraphEdge, GraphNode, NetworkGraph, Project } from '#core/graph/project'
import { projectSchema } from '#core/graph/project'
import type { Ports } from '#core/graph/ports'

/** The ports of the kinds used in these tests. */
export const ports: Ports = (kind) => {
  if (kind === 'input') return []
  if (kind === 'add' || kind === 'concat') return ['a', 'b…']
  return ['output', 'conv2d', 'relu', 'linear', 'flatten', 'max-pool2d', 'dropout'].includes(kind) ? ['x'] : undefined
}

/**
 * A graph from lines such as `conv1:conv2d < input` or `add1:add < a=conv1 b=input`; the kind may be omitted if it is
 * the
 * id without its number. Nodes are placed below each other.
 */
export function graphOf(...lines: string[]): NetworkGraph {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  for (const [index, line] of lines.entries()) {
    const [head = '', sources = ''] = line.split('<').map((part) => part.trim())
    const [id = '', kind = id.replace(/\d+$/, '')] = head.split(':')
    nodes.push({ id, kind, params: {}, trainable: true, initializers: {}, position: [0, index * 88] })
    for (const source of sources.split(' ').filter(Boolean)) {
      const [from = '', port] = source.split('=').reverse()
      edges.push({ from, to: id, port: port ?? 'x' })
    }
  }
  return { nodes, edges }
}

export function projectOf(graph: NetworkGraph): Project {
  return projectSchema.parse({
    format: 'layerloom',
    version: 1,
    name: 'Digits',
    task: 'classification',
    data: { source: { kind: 'builtin', name: 'mnist' } },
    graph,
  })
}

/** input → conv1 → relu1 → pool1 → flatten1 → linear1 → output */
export const chain = graphOf(
  'input',
  'conv1:conv2d < input',
  'relu1 < conv1',
  'pool1:max-pool2d < relu1',
  'flatten1 < pool1',
  'linear1 < flatten1',
  'output < linear1',
)

/** A convolution with a skip connection: input → conv1 → relu1 → conv2 → add1, and conv1 → add1. */
export const residual = graphOf(
  'input',
  'conv1:conv2d < input',
  'relu1 < conv1',
  'conv2:conv2d < relu1',
  'add1 < a=conv2 b=conv1',
  'output < add1',
)

/** Edges as sorted text, for comparing graphs regardless of the order of their edges. */
export function edgeList(graph: NetworkGraph): string[] {
  return graph.edges.map(({ from, to, port }) => `${from} → ${to}.${port}`).sort()
}

/** Deeply freezes a value, so that mutating it throws. */
export function freezeDeeply<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freezeDeeply)
  }
  return value
}

/** Connected acyclic networks: every layer reads one or two earlier ones; the last one feeds the output. */
export const anyNetwork: fc.Arbitrary<NetworkGraph> = fc
  .array(fc.tuple(fc.nat(), fc.option(fc.nat(), { nil: undefined })), { minLength: 1, maxLength: 12 })
  .map((reads) => {
    const ids = ['input']
    const lines = reads.map(([first, second], index) => {
      const a = ids[first % ids.length]!
      const b = second === undefined ? undefined : ids[second % ids.length]!
      const id = b === undefined ? `relu${index + 1}` : `add${index + 1}`
      ids.push(id)
      return `${id} < ${b === undefined ? a : `a=${a} b=${b}`}`
    })
    return graphOf('input', ...lines, `output < ${ids.at(-1)}`)
  })

const name = fc.stringMatching(/^[a-z][a-z_]{0,8}$/)
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const paramValue = fc.oneof(finite, fc.string(), fc.boolean(), fc.constant(null), fc.array(finite, { maxLength: 4 }))
const params = fc.dictionary(name, paramValue, { maxKeys: 3 })
const choice = fc.tuple(name, params).map(([kind, rest]) => ({ ...rest, kind }))

function anyNode(depth: number): fc.Arbitrary<GraphNode> {
  const plain = fc.record({
    id: fc.stringMatching(/^[a-zA-Zé卷][a-z0-9_-]{0,8}$/),
    kind: name.filter((kind) => kind !== 'block'),
    params,
    trainable: fc.boolean(),
    initializers: fc.dictionary(name, choice, { maxKeys: 2 }),
    position: fc.tuple(finite, finite),
  })
  if (depth === 0) return plain
  const block = fc
    .tuple(plain, anyGraph(depth - 1), fc.integer({ min: 1, max: 5 }))
    .map(([node, graph, repeat]) => ({ ...node, kind: 'block', repeat, graph }))
  return fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: block })
}

function anyGraph(depth: number): fc.Arbitrary<NetworkGraph> {
  const end = fc.string({ minLength: 1, maxLength: 8 })
  return fc.record({
    nodes: fc.array(anyNode(depth), { maxLength: 4 }),
    edges: fc.array(fc.record({ from: end, to: end, port: fc.oneof(fc.constant('x'), end) }), { maxLength: 4 }),
  })
}

/** Well-formed documents with every kind of value in them; their graphs are mostly broken. */
export const anyProject: fc.Arbitrary<Project> = fc
  .record({
    format: fc.constant('layerloom' as const),
    version: fc.constant(1 as const),
    name: fc.string(),
    task: fc.constantFrom('classification' as const, 'regression' as const),
    data: fc.record({
      source: fc.oneof(
        fc.record({ kind: fc.constant('builtin' as const), name: fc.constantFrom('mnist' as const, 'cars' as const) }),
        fc.record({
          kind: fc.constant('table' as const),
          path: fc.string(),
          label: fc.string(),
          columns: fc.array(
            fc.record({
              name: fc.string({ minLength: 1 }),
              role: fc.constantFrom('feature' as const, 'ignored' as const),
            }),
            { maxLength: 3 },
          ),
        }),
      ),
      split: fc.record({
        validation: fc.constantFrom(0, 0.1, 0.25),
        test: fc.constantFrom(0, 0.2),
        stratify: fc.boolean(),
        seed: fc.nat(),
        given: fc.boolean(),
      }),
      preprocess: fc.array(choice, { maxLength: 2 }),
    }),
    transforms: fc.array(
      fc.tuple(choice, fc.boolean()).map(([step, enabled]) => ({ ...step, enabled })),
      { maxLength: 2 },
    ),
    graph: anyGraph(2),
    training: fc.record({
      loss: choice,
      optimizer: choice,
      schedule: choice,
      learningRate: fc.double({ min: 1e-12, max: 10, noNaN: true }),
      batchSize: fc.integer({ min: 1, max: 65536 }),
      epochs: fc.integer({ min: 1, max: 100 }),
      seed: fc.nat(),
      earlyStopping: fc.option(
        fc.record({
          metric: fc.string(),
          patience: fc.integer({ min: 1, max: 9 }),
          minDelta: fc.constantFrom(0, 0.01),
        }),
      ),
      device: fc.constantFrom('auto' as const, 'cpu' as const),
      loader: fc.record({
        workers: fc.option(fc.integer({ min: 0, max: 8 })),
        prefetch: fc.integer({ min: 1, max: 8 }),
        dropLast: fc.boolean(),
        balanced: fc.boolean(),
      }),
      threads: fc.option(fc.integer({ min: 1, max: 256 })),
    }),
  })
  // fast-check creates some objects without a prototype; a parsed document has none of these.
  .map((project) => structuredClone(project))
