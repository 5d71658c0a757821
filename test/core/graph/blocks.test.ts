import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyCommand, tryCommand } from '#core/graph/apply'
import { expandBlocks, locateNode } from '#core/graph/blocks'
import { groupNodes, ungroupBlock } from '#core/graph/groupBlocks'
import { MAX_BLOCK_DEPTH, type NetworkGraph } from '#core/graph/project'
import { checkStructure } from '#core/graph/structure'
import { ProblemError } from '#core/problems/problem'
import { anyNetwork, chain, edgeList, freezeDeeply, graphOf, ports, projectOf, residual } from './projects'

/** `graph` with block `id` repeated. */
function repeated(graph: NetworkGraph, id: string, repeat: number): NetworkGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? { ...node, repeat } : node)) }
}

function problemOf(action: () => unknown) {
  try {
    action()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]
    throw error
  }
  return undefined
}

const byId = (graph: NetworkGraph) => graph.nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1))

describe('grouping', () => {
  test('layers become one block at the position of the first, with the same outer edges', () => {
    const { graph, ids } = groupNodes(freezeDeeply(structuredClone(residual)), ['conv2', 'relu1'], ports)
    expect(ids).toEqual(['block1'])
    expect(graph.nodes.map(({ id }) => id)).toEqual(['input', 'conv1', 'block1', 'add1', 'output'])
    expect(edgeList(graph)).toEqual([
      'add1 → output.x',
      'block1 → add1.a',
      'conv1 → add1.b',
      'conv1 → block1.x',
      'input → conv1.x',
    ])
    expect(graph.nodes[2]).toMatchObject({
      kind: 'block',
      repeat: 1,
      position: [0, 176],
      graph: {
        nodes: [
          { id: 'x', kind: 'block-input', position: [0, -88] },
          { id: 'relu1', position: [0, 0] },
          { id: 'conv2', position: [0, 88] },
          { id: 'out', kind: 'block-output', position: [0, 176] },
        ],
        edges: [
          { from: 'x', to: 'relu1', port: 'x' },
          { from: 'relu1', to: 'conv2', port: 'x' },
          { from: 'conv2', to: 'out', port: 'x' },
        ],
      },
    })
    expect(checkStructure(graph, ports)).toEqual([])
  })

  test('a source read by several inner layers is a single input', () => {
    const { graph } = groupNodes(residual, ['relu1', 'conv2', 'add1'], ports)
    expect(edgeList(graph)).toEqual(['block1 → output.x', 'conv1 → block1.x', 'input → conv1.x'])
  })

  test('several sources become inputs a, b, …, in the order they are read', () => {
    const { graph } = groupNodes(residual, ['conv2', 'add1'], ports)
    expect(edgeList(graph)).toEqual([
      'block1 → output.x',
      'conv1 → block1.b',
      'conv1 → relu1.x',
      'input → conv1.x',
      'relu1 → block1.a',
    ])
    expect(checkStructure(graph, ports)).toEqual([])
  })

  test('an unconnected input becomes an input of the block', () => {
    const { graph } = groupNodes(graphOf('input', 'add1 < a=input', 'output < add1'), ['add1'], ports)
    expect(checkStructure(graph, ports)).toMatchObject([
      { code: 'node-missing-input', place: { node: 'block1' }, data: { port: 'b' } },
    ])
  })

  test('inner names that the ports would take are preserved', () => {
    const { graph } = groupNodes(
      graphOf('input', 'x:relu < input', 'out:relu < x', 'output < out'),
      ['x', 'out'],
      ports,
    )
    expect(edgeList(graph)).toEqual(['block1 → output.x', 'input → block1.x1'])
    expect(checkStructure(graph, ports)).toEqual([])
  })

  test.each([
    [[], 'No layer is selected.'],
    [['input', 'conv1'], 'input marks the rim of the network and cannot be inside a block.'],
    [['conv1', 'add1'], 'A path leaves the selection at conv1 and comes back at add1.'],
    [['conv1', 'conv2'], 'A path leaves the selection at conv1 and comes back at conv2.'],
    [['relu1', 'add1'], 'A path leaves the selection at relu1 and comes back at add1.'],
  ])('%j cannot become a block: %s', (ids, message) => {
    expect(problemOf(() => groupNodes(residual, ids, ports))).toMatchObject({ code: 'block-boundary', message })
  })

  test('a problem names the path through layers between selected ones', () => {
    expect(problemOf(() => groupNodes(residual, ['conv1', 'add1'], ports))).toMatchObject({
      place: { node: 'relu1' },
      received: 'conv1 → relu1 → conv2 → add1',
      fix: 'Select relu1, conv2 too.',
    })
  })

  test('branches that do not join inside are two outputs', () => {
    const graph = graphOf('input', 'relu1 < input', 'conv1:conv2d < input', 'add1 < a=relu1 b=conv1', 'output < add1')
    expect(problemOf(() => groupNodes(graph, ['relu1', 'conv1'], ports))).toMatchObject({
      code: 'block-boundary',
      place: { node: 'conv1' },
      message: 'The selection has 2 outputs.',
      received: 'relu1, conv1',
    })
  })

  test('an existing name is rejected', () => {
    expect(problemOf(() => groupNodes(chain, ['conv1'], ports, 'relu1'))).toMatchObject({ code: 'node-id' })
    expect(groupNodes(chain, ['conv1'], ports, 'conv1').ids).toEqual(['conv1'])
  })
})

describe('ungrouping', () => {
  test('is the inverse of grouping', () => {
    const { graph } = groupNodes(residual, ['relu1', 'conv2', 'add1'], ports)
    const { graph: flat, ids } = ungroupBlock(graph, 'block1')
    expect(ids).toEqual(['relu1', 'conv2', 'add1'])
    expect(byId(flat)).toEqual(byId(residual))
    expect(edgeList(flat)).toEqual(edgeList(residual))
  })

  test('a repeated block becomes all its copies in sequence', () => {
    const { graph } = groupNodes(chain, ['conv1', 'relu1'], ports)
    const { graph: flat, ids } = ungroupBlock(repeated(graph, 'block1', 3), 'block1')
    expect(ids).toEqual(['conv1', 'relu1', 'conv2', 'relu2', 'conv3', 'relu3'])
    expect(edgeList(flat)).toEqual([
      'conv1 → relu1.x',
      'conv2 → relu2.x',
      'conv3 → relu3.x',
      'flatten1 → linear1.x',
      'input → conv1.x',
      'linear1 → output.x',
      'pool1 → flatten1.x',
      'relu1 → conv2.x',
      'relu2 → conv3.x',
      'relu3 → pool1.x',
    ])
    expect(flat.nodes.slice(1, 7).map(({ position }) => position[1])).toEqual([88, 176, 264, 352, 440, 528])
  })

  test('names taken in the meantime get a number', () => {
    const before = projectOf(groupNodes(chain, ['conv1', 'relu1'], ports).graph)
    const taken = applyCommand(before, { type: 'node.add', kind: 'conv2d', position: [0, 0] })
    const after = applyCommand(taken, { type: 'block.ungroup', id: 'block1' })
    expect(after.graph.nodes.map(({ id }) => id)).toEqual([
      ...['input', 'conv2', 'relu1', 'pool1', 'flatten1', 'linear1', 'output', 'conv1'],
    ])
    expect(edgeList(after.graph)).toContain('input → conv2.x')
  })
})

describe('expanding', () => {
  test('a graph without blocks is returned unchanged', () => {
    expect(expandBlocks(chain)).toBe(chain)
  })

  test('copies are chained from the output to the first input; all of them get the other inputs', () => {
    const grouped = groupNodes(
      graphOf('input', 'conv1:conv2d < input', 'add1 < a=conv1 b=input', 'relu1 < add1', 'output < relu1'),
      ['add1', 'relu1'],
      ports,
    ).graph
    expect(edgeList(expandBlocks(repeated(grouped, 'block1', 3)))).toEqual([
      'block1.0.add1 → block1.0.relu1.x',
      'block1.0.relu1 → block1.1.add1.a',
      'block1.1.add1 → block1.1.relu1.x',
      'block1.1.relu1 → block1.2.add1.a',
      'block1.2.add1 → block1.2.relu1.x',
      'block1.2.relu1 → output.x',
      'conv1 → block1.0.add1.a',
      'input → block1.0.add1.b',
      'input → block1.1.add1.b',
      'input → block1.2.add1.b',
      'input → conv1.x',
    ])
  })

  test('parameters and initializers are kept, and layers of a frozen block are frozen', () => {
    const graph = structuredClone(chain)
    Object.assign(graph.nodes[1]!, { params: { channels: 8 }, initializers: { weight: { kind: 'zeros' } } })
    const grouped = groupNodes(graph, ['conv1', 'relu1'], ports).graph
    grouped.nodes[1]!.trainable = false
    expect(expandBlocks(repeated(grouped, 'block1', 2)).nodes[3]).toEqual({
      id: 'block1.1.conv1',
      kind: 'conv2d',
      params: { channels: 8 },
      trainable: false,
      initializers: { weight: { kind: 'zeros' } },
      position: [0, 88],
    })
  })

  test('nested blocks expand with their full path as name, which can be parsed back', () => {
    const inner = repeated(groupNodes(chain, ['conv1', 'relu1'], ports, 'unit').graph, 'unit', 2)
    const outer = repeated(groupNodes(inner, ['unit', 'pool1'], ports, 'stage').graph, 'stage', 2)
    const ids = expandBlocks(outer).nodes.map(({ id }) => id)
    expect(ids.slice(1, 6)).toEqual([
      'stage.0.unit.0.conv1',
      'stage.0.unit.0.relu1',
      'stage.0.unit.1.conv1',
      'stage.0.unit.1.relu1',
      'stage.0.pool1',
    ])
    expect(ids).toHaveLength(4 + 2 * 5)
    expect(checkStructure(expandBlocks(outer), ports)).toEqual([])
    expect(locateNode('stage.1.unit.0.conv1')).toEqual({ scope: ['stage', 'unit'], copies: [1, 0], id: 'conv1' })
    expect(locateNode('conv1')).toEqual({ scope: [], copies: [], id: 'conv1' })
  })

  test('a broken block loses the edges that lead nowhere and nothing else', () => {
    const { graph } = groupNodes(chain, ['conv1', 'relu1'], ports)
    graph.nodes[1]!.graph = graphOf('x:block-input', 'conv1:conv2d < x', 'relu1 < ghost', 'out:block-output')
    expect(edgeList(expandBlocks(graph))).toEqual([
      ...['flatten1 → linear1.x', 'input → block1.0.conv1.x', 'linear1 → output.x', 'pool1 → flatten1.x'],
    ])
  })

  test('expanding a cycle of blocks that only pass on terminates', () => {
    const pass = graphOf('x:block-input', 'out:block-output < x')
    const graph = graphOf('input', 'p:block < q', 'q:block < p', 'output < q')
    for (const id of [1, 2]) graph.nodes[id]!.graph = pass
    expect(expandBlocks(graph).edges).toEqual([])
  })

  test('too many layers and too deep nesting are rejected by edits and by expanding', () => {
    const once = repeated(groupNodes(chain, ['conv1', 'relu1'], ports).graph, 'block1', 1000)
    const twice = groupNodes(once, ['block1'], ports, 'outer').graph
    const outcome = tryCommand(projectOf(twice), { type: 'block.setRepeat', id: 'outer', repeat: 3 })
    expect(outcome).toMatchObject({ problems: [{ code: 'graph-too-large', received: /\d+ layers/ }] })
    expect(problemOf(() => expandBlocks(repeated(twice, 'outer', 1000)))).toMatchObject({ code: 'graph-too-large' })

    let deep = projectOf(chain)
    let depth = 0
    for (let ids = ['relu1']; depth < 20; depth++) {
      const next = tryCommand(deep, { type: 'block.group', ids, id: `b${depth}` })
      if ('problems' in next) {
        expect(next.problems).toMatchObject([
          { code: 'graph-too-large', expected: `at most ${MAX_BLOCK_DEPTH} levels` },
        ])
        break
      }
      deep = next.project
      ids = [`b${depth}`]
    }
    expect(depth).toBe(MAX_BLOCK_DEPTH)
    expect(expandBlocks(deep.graph).nodes).toHaveLength(7)
  })
})

/** Any network with a random selection of its layers, twice. */
const selections = fc.tuple(anyNetwork, fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.boolean()))

function pick(graph: NetworkGraph, random: fc.Stream<boolean>): string[] {
  return graph.nodes
    .map(({ id }) => id)
    .filter((id) => id !== 'input' && id !== 'output' && random.next().value === true)
}

test('any valid grouping expands to the same network, and ungroups to the same layers', () => {
  let done = 0
  fc.assert(
    fc.property(selections, ([network, first, second]) => {
      let graph = network
      for (const random of [first, second]) {
        const ids = pick(graph, random)
        if (problemOf(() => groupNodes(graph, ids, ports)) !== undefined) continue
        graph = groupNodes(graph, ids, ports).graph
        done++
      }
      expect(checkStructure(graph, ports).filter(({ severity }) => severity === 'error')).toEqual([])
      const flat = expandBlocks(graph)
      const plain = flat.edges.map((edge) => ({ ...edge, from: locateNode(edge.from).id, to: locateNode(edge.to).id }))
      expect(edgeList({ ...flat, edges: plain })).toEqual(edgeList(network))
      let ungrouped = graph
      for (let block; (block = ungrouped.nodes.find(({ kind }) => kind === 'block'));) {
        ungrouped = ungroupBlock(ungrouped, block.id).graph
      }
      expect(byId(ungrouped)).toEqual(byId(network))
      expect(edgeList(ungrouped)).toEqual(edgeList(network))
    }),
    { numRuns: 500 },
  )
  expect(done).toBeGreaterThan(100)
})
