/** Random edits for the document they are made for, most of them valid, some not. */
import * as fc from 'fast-check'
import { copyNodes, parseClipboard } from '#core/graph/clipboard'
import type { Command } from '#core/graph/commands'
import { isBlock } from '#core/graph/kinds'
import type { NetworkGraph, Project } from '#core/graph/project'

/** The numbers that a random edit draws its choices from. */
type Draw = (below: number) => number

/** Sequences of draws, one per edit. */
export const anyDraws: fc.Arbitrary<number[][]> = fc.array(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), {
  minLength: 5,
  maxLength: 40,
})

const kinds = ['conv2d', 'relu', 'linear', 'add', 'flatten', 'block', 'mystery', 'input', 'block-input']

/** A command for `project`, determined by the numbers in `draws`. */
export function commandFor(project: Project, draws: readonly number[]): Command {
  let next = 0
  const draw: Draw = (below) => (draws[next++ % draws.length]! + next) % Math.max(1, below)
  const { scope, graph } = chooseScope(project.graph, draw)
  const options = Object.values(edits)
  return options[draw(options.length)]!(graph, scope, draw, project)
}

function chooseScope(root: NetworkGraph, draw: Draw): { scope: string[]; graph: NetworkGraph } {
  const scope: string[] = []
  let graph = root
  for (;;) {
    const blocks = graph.nodes.filter(isBlock)
    const block = blocks[draw(blocks.length)]
    if (block === undefined || draw(2) === 0) return { scope, graph }
    scope.push(block.id)
    graph = block.graph
  }
}

type Make = (graph: NetworkGraph, scope: string[], draw: Draw, project: Project) => Command

const edits: Record<Command['type'] | 'node.insert', Make> = {
  'node.add': (_, scope, draw) => ({ type: 'node.add', scope, kind: oneOf(kinds, draw)!, position: place(draw) }),
  'node.insert': (graph, scope, draw) => {
    const on = oneOf(graph.edges, draw)
    return { type: 'node.add', scope, kind: oneOf(kinds, draw)!, position: place(draw), ...(on && { on }) }
  },
  'node.remove': (graph, scope, draw) => ({
    type: 'node.remove',
    scope,
    ids: some(graph, draw, 2),
    reconnect: draw(2) === 0,
  }),
  'node.rename': (graph, scope, draw) => ({
    type: 'node.rename',
    scope,
    id: one(graph, draw),
    to: `renamed${draw(5)}`,
  }),
  'node.move': (graph, scope, draw) => ({
    type: 'node.move',
    scope,
    positions: Object.fromEntries(some(graph, draw, 3).map((id) => [id, place(draw)])),
  }),
  'graph.layout': (graph, scope) => ({
    type: 'graph.layout',
    scope,
    positions: Object.fromEntries(graph.nodes.map(({ id }, index) => [id, [0, index * 80] as const])),
  }),
  'node.setParam': (graph, scope, draw) => {
    const value = oneOf([1, 'same', [3, 3], null, undefined, Infinity], draw)
    return {
      type: 'node.setParam',
      scope,
      id: one(graph, draw),
      name: oneOf(['channels', 'kernel'], draw)!,
      ...(value !== undefined && { value }),
    }
  },
  'node.setTrainable': (graph, scope, draw) => ({
    type: 'node.setTrainable',
    scope,
    ids: some(graph, draw, 2),
    trainable: draw(2) === 0,
  }),
  'node.setInitializer': (graph, scope, draw) => ({
    type: 'node.setInitializer',
    scope,
    id: one(graph, draw),
    weight: 'weight',
    ...(draw(2) === 0 && { initializer: { kind: 'zeros' } }),
  }),
  'edge.connect': (graph, scope, draw) => ({
    type: 'edge.connect',
    scope,
    from: one(graph, draw),
    to: one(graph, draw),
  }),
  'edge.disconnect': (graph, scope, draw) => ({
    type: 'edge.disconnect',
    scope,
    edges: graph.edges.slice(draw(9), 1 + draw(9)),
  }),
  'nodes.paste': (graph, scope, draw, project) => ({
    type: 'nodes.paste',
    scope,
    clip: parseClipboard(copyNodes(project.graph, some(project.graph, draw, 3)))!,
  }),
  'nodes.duplicate': (graph, scope, draw) => ({
    type: 'nodes.duplicate',
    scope,
    ids: some(graph, draw, 3),
    at: place(draw),
  }),
  'block.group': (graph, scope, draw) => ({ type: 'block.group', scope, ids: some(graph, draw, 2) }),
  'block.ungroup': (graph, scope, draw) => ({ type: 'block.ungroup', scope, id: block(graph, draw) }),
  'block.setRepeat': (graph, scope, draw) => ({
    type: 'block.setRepeat',
    scope,
    id: block(graph, draw),
    repeat: draw(4),
  }),
  'project.rename': (_, __, draw) => ({ type: 'project.rename', name: `Project ${draw(3)}` }),
  'project.setTask': (_, __, draw) => ({
    type: 'project.setTask',
    task: draw(2) === 0 ? 'classification' : 'regression',
  }),
  'training.set': (_, __, draw) => ({
    type: 'training.set',
    settings: { epochs: draw(5), optimizer: { kind: 'sgd' } },
  }),
  'data.set': (_, __, draw) => ({ type: 'data.set', settings: { preprocess: [{ kind: 'normalize', mean: draw(3) }] } }),
  'transforms.set': (_, __, draw) => ({
    type: 'transforms.set',
    transforms: [{ kind: 'normalize', enabled: draw(2) === 0 }],
  }),
  batch: (graph, scope, draw, project) => ({
    type: 'batch',
    label: 'several',
    commands: [edits['node.move'](graph, scope, draw, project), edits['project.rename'](graph, scope, draw, project)],
  }),
}

function oneOf<T>(values: readonly T[], draw: Draw): T | undefined {
  return values[draw(values.length)]
}

function one(graph: NetworkGraph, draw: Draw): string {
  return oneOf(graph.nodes, draw)?.id ?? 'nobody'
}

/** Up to `most` consecutive nodes of the document. */
function some(graph: NetworkGraph, draw: Draw, most: number): string[] {
  const start = draw(graph.nodes.length)
  return graph.nodes.slice(start, start + 1 + draw(most)).map(({ id }) => id)
}

function block(graph: NetworkGraph, draw: Draw): string {
  return oneOf(graph.nodes.filter(isBlock), draw)?.id ?? one(graph, draw)
}

function place(draw: Draw): [number, number] {
  return [draw(100) * 8, draw(100) * 8]
}
