import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupNodes } from '#core/graph/groupBlocks'
import { findCycles, topologicalOrder } from '#core/graph/order'
import type { NetworkGraph } from '#core/graph/project'
import { checkStructure } from '#core/graph/structure'
import { anyNetwork, chain, edgeList, graphOf, ports, residual } from './projects'

/** Code and place of every problem. */
function found(graph: NetworkGraph): string[] {
  return checkStructure(graph, ports).map(({ code, place }) => `${code} ${place.node ?? place.edge ?? ''}`.trim())
}

describe('sound networks', () => {
  test('a chain, a residual network and a network with blocks have no problems', () => {
    expect(found(chain)).toEqual([])
    expect(found(residual)).toEqual([])
    expect(found(groupNodes(residual, ['conv1', 'relu1', 'conv2', 'add1'], ports).graph)).toEqual([])
  })

  test('layers of unknown kinds may have any ports', () => {
    expect(found(graphOf('input', 'mystery1 < left=input right=input', 'output < mystery1'))).toEqual([])
  })

  test('Concat takes any number of inputs', () => {
    expect(found(graphOf('input', 'concat1 < a=input b=input c=input z3=input', 'output < concat1'))).toEqual([])
  })
})

test('an empty network has one problem', () => {
  expect(found({ nodes: [], edges: [] })).toEqual(['graph-empty'])
})

describe('each problem names its place', () => {
  const broken: [string, NetworkGraph, string[]][] = [
    [
      'two layers of one name',
      graphOf('input', 'relu1 < input', 'relu1 < input', 'output < relu1'),
      ['graph-duplicate-id relu1', 'node-extra-input relu1'],
    ],
    ['no Input', graphOf('relu1', 'output < relu1'), ['graph-no-input', 'node-missing-input relu1']],
    ['no Output', graphOf('input', 'relu1 < input'), ['graph-no-output']],
    [
      'two Inputs',
      graphOf('input', 'input1:input', 'add1 < a=input b=input1', 'output < add1'),
      ['graph-several-inputs input1'],
    ],
    [
      'three Outputs',
      graphOf('input', 'output < input', 'output1:output < input', 'output2:output < input'),
      ['graph-several-outputs output1', 'graph-several-outputs output2'],
    ],
    [
      'an edge from nowhere',
      graphOf('input', 'relu1 < ghost', 'output < input'),
      ['node-disconnected relu1', 'graph-edge-unknown ghost → relu1.x'],
    ],
    [
      'an edge to nowhere',
      { ...chain, edges: [...chain.edges, { from: 'conv1', to: 'ghost', port: 'x' }] },
      ['graph-edge-unknown conv1 → ghost.x'],
    ],
    [
      'an unknown port',
      graphOf('input', 'relu1 < y=input', 'output < relu1'),
      ['graph-edge-unknown relu1', 'node-missing-input relu1'],
    ],
    [
      'a port that is no letter',
      graphOf('input', 'add1 < a=input b=input x0=input', 'output < add1'),
      ['graph-edge-unknown add1'],
    ],
    [
      'an edge from the Output',
      graphOf('input', 'relu1 < output', 'output < input'),
      ['graph-edge-unknown output → relu1.x', 'node-unused relu1'],
    ],
    [
      'an edge into the Input',
      graphOf('input < relu1', 'relu1 < input', 'output < relu1'),
      ['graph-edge-unknown input', 'graph-cycle input'],
    ],
    ['an unconnected port', graphOf('input', 'add1 < a=input', 'output < add1'), ['node-missing-input add1']],
    [
      'an unconnected Output',
      graphOf('input', 'relu1 < input', 'output'),
      ['node-missing-input output', 'node-unused input', 'node-unused relu1'],
    ],
    [
      'two edges into one port',
      graphOf('input', 'relu1 < input', 'relu2 < input relu1', 'output < relu2'),
      ['node-extra-input relu2'],
    ],
    ['a layer connected to nothing', graphOf('input', 'relu1', 'output < input'), ['node-disconnected relu1']],
    ['a layer that reads itself', graphOf('input', 'add1 < a=input b=add1', 'output < add1'), ['graph-cycle add1']],
    [
      'a cycle',
      graphOf('input', 'add1 < a=input b=relu2', 'relu1 < add1', 'relu2 < relu1', 'output < relu2'),
      ['graph-cycle add1'],
    ],
    [
      'a dead end',
      graphOf('input', 'relu1 < input', 'relu2 < relu1', 'output < input'),
      ['node-unused relu1', 'node-unused relu2'],
    ],
    [
      'a block port outside a block',
      graphOf('input', 'x:block-input', 'add1 < a=input b=x', 'output < add1'),
      ['block-form x'],
    ],
  ]

  test.each(broken)('%s', (_, graph, problems) => {
    expect(found(graph).sort()).toEqual([...problems].sort())
  })

  test('several errors are reported together', () => {
    const graph = graphOf('relu1', 'relu2 < relu3', 'relu3 < relu2', 'add1 < a=relu2', 'linear1')
    expect(found(graph).sort()).toEqual([
      'graph-cycle relu2',
      'graph-no-input',
      'graph-no-output',
      'node-disconnected linear1',
      'node-disconnected relu1',
      'node-missing-input add1',
    ])
  })

  test('a cycle lists its members in order', () => {
    const graph = graphOf('input', 'add1 < a=input b=relu2', 'relu1 < add1', 'relu2 < relu1', 'output < relu2')
    expect(checkStructure(graph, ports)).toMatchObject([
      {
        code: 'graph-cycle',
        message: 'The layers add1, relu1, relu2 form a cycle.',
        received: 'add1 → relu1 → relu2 → add1',
        data: { members: 'add1 relu1 relu2' },
      },
    ])
  })

  test('unused layers are only a warning', () => {
    const graph = graphOf('input', 'relu1 < input', 'output < input')
    expect(checkStructure(graph, ports)).toMatchObject([{ code: 'node-unused', severity: 'warning' }])
  })
})

describe('inside blocks', () => {
  /** The chain with conv1 and relu1 in block1, whose content is `lines`. */
  function withInside(repeat: number, ...lines: string[]): NetworkGraph {
    const { graph } = groupNodes(chain, ['conv1', 'relu1'], ports)
    const block = { ...graph.nodes[1]!, repeat, graph: graphOf(...lines) }
    return { ...graph, nodes: graph.nodes.with(1, block) }
  }

  test('problems are placed at the inner layer, once for all copies', () => {
    const graph = withInside(3, 'x:block-input', 'conv1:conv2d', 'add1 < a=x', 'out:block-output < add1')
    expect(found(graph)).toEqual(['node-disconnected block1.0.conv1', 'node-missing-input block1.0.add1'])
  })

  test('a block without an output, or with two, is reported', () => {
    expect(found(withInside(1, 'x:block-input', 'relu1 < x'))).toEqual(['block-form block1'])
    expect(found(withInside(1, 'x:block-input', 'out:block-output < x', 'out2:block-output < x'))).toEqual([
      'block-form block1',
    ])
  })

  test('Input and Output cannot be inside', () => {
    const graph = withInside(1, 'x:block-input', 'input', 'add1 < a=x b=input', 'out:block-output < add1')
    expect(found(graph)).toEqual(['block-form block1.0.input'])
  })

  test('a repeated block needs an input', () => {
    const graph = withInside(2, 'relu1:mystery', 'out:block-output < relu1')
    expect(found({ ...graph, edges: graph.edges.filter(({ to }) => to !== 'block1') })).toContain('block-form block1')
  })

  test('an edge to a nonexistent input of a block is reported', () => {
    const graph = withInside(1, 'y:block-input', 'relu1 < y', 'out:block-output < relu1')
    expect(found(graph).sort()).toEqual(['graph-edge-unknown block1', 'node-missing-input block1'])
  })

  test('a block layer without a graph is reported', () => {
    expect(found(graphOf('input', 'block1 < input', 'output < block1'))).toEqual(['block-form block1'])
  })
})

describe('the topological order', () => {
  test('keeps a valid order, and otherwise puts sources first', () => {
    const ids = (graph: NetworkGraph): string[] => topologicalOrder(graph).map(({ id }) => id)
    expect(ids(residual)).toEqual(['input', 'conv1', 'relu1', 'conv2', 'add1', 'output'])
    expect(ids({ ...residual, nodes: residual.nodes.toReversed() })).toEqual(ids(residual))
  })

  test('leaves out cycles and their readers', () => {
    const graph = graphOf('input', 'relu1 < input', 'add1 < a=relu1 b=relu2', 'relu2 < add1', 'output < relu2')
    expect(topologicalOrder(graph).map(({ id }) => id)).toEqual(['input', 'relu1'])
  })

  test('every layer follows its sources, for any order of the nodes', () => {
    fc.assert(
      fc.property(anyNetwork, fc.infiniteStream(fc.nat()), (graph, random) => {
        const nodes = graph.nodes
          .map((node) => ({ node, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ node }) => node)
        const order = topologicalOrder({ ...graph, nodes }).map(({ id }) => id)
        expect(order).toHaveLength(nodes.length)
        for (const { from, to } of graph.edges) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to))
      }),
    )
  })

  test('5000 layers in sequence do not overflow the stack', () => {
    const lines = Array.from(
      { length: 4998 },
      (_, index) => `relu${index + 1} < ${index === 0 ? 'input' : `relu${index}`}`,
    )
    const graph = graphOf('input', ...lines, 'output < relu4998')
    const reversed = { ...graph, nodes: graph.nodes.toReversed() }
    expect(topologicalOrder(reversed)).toHaveLength(5000)
    expect(checkStructure(reversed, ports)).toEqual([])
  })
})

test('a random edge against the order creates exactly the cycles that are found', () => {
  fc.assert(
    fc.property(anyNetwork, fc.nat(), fc.nat(), (graph, a, b) => {
      const from = graph.nodes[a % graph.nodes.length]!.id
      const to = graph.nodes[b % graph.nodes.length]!.id
      const cycles = findCycles({ ...graph, edges: [...graph.edges, { from, to, port: 'x' }] })
      const isOrdered = topologicalOrder({ ...graph, edges: [...graph.edges, { from, to, port: 'x' }] }).length
      expect(cycles.length).toBe(isOrdered === graph.nodes.length ? 0 : 1)
      const edges = new Set([...edgeList(graph), `${from} → ${to}.x`].map((edge) => edge.replace(/\.\w+$/, '')))
      for (const cycle of cycles) {
        cycle.forEach((id, index) => expect(edges).toContain(`${id} → ${cycle[(index + 1) % cycle.length]}`))
      }
    }),
  )
})
