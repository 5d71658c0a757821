/** A residual network of any depth, as a project file, for benchmarking the editor. */

interface WrittenNode {
  readonly id: string
  readonly kind: string
  readonly params?: Readonly<Record<string, number>>
  readonly position: readonly [number, number]
}

interface WrittenEdge {
  readonly from: string
  readonly to: string
  readonly port?: string
}

/** Height of a row and of a column, and width of a column, on the canvas. */
const ROW = 88
const ROWS = 36
const COLUMN = 320

/** A network of `count` layers: Input, residual blocks of five layers, Flatten, Linear, Output. */
export function deepProject(count: number) {
  const nodes: WrittenNode[] = []
  const edges: WrittenEdge[] = []
  let last = ''
  let skip = ''
  const add = (id: string, kind: string, params?: Readonly<Record<string, number>>, port = 'x'): void => {
    const index = nodes.length
    const position = [Math.floor(index / ROWS) * COLUMN, (index % ROWS) * ROW] as const
    nodes.push({ id, kind, position, ...(params && { params }) })
    if (last !== '') edges.push({ from: last, to: id, port })
    last = id
  }
  add('input', 'input')
  for (let number = 1; nodes.length < count - 3; number++) {
    const layer = (number - 1) % 5
    if (layer === 0) add(`conv${number}`, 'conv2d', { outChannels: 8, kernelSize: 3, padding: 1 })
    else if (layer === 1) add(`norm${number}`, 'batch-norm2d')
    else if (layer === 2) add(`relu${number - 1}`, 'relu')
    else if (layer === 3) {
      add(`sigmoid${number}`, 'sigmoid')
      skip = `norm${number - 2}`
    } else {
      add(`add${number}`, 'add', undefined, 'a')
      edges.push({ from: skip, to: `add${number}`, port: 'b' })
    }
  }
  add('flatten', 'flatten')
  add('fc', 'linear', { outFeatures: 10 })
  add('output', 'output')
  return {
    format: 'layerloom',
    version: 1,
    name: `${count} layers`,
    task: 'classification',
    data: { source: { kind: 'builtin', name: 'mnist' } },
    transforms: [{ kind: 'normalize' }],
    graph: { nodes, edges },
  }
}
