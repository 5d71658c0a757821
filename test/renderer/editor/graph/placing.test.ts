/** Where a dropped layer goes and what it is connected to. */
import { describe, expect, it } from 'vitest'
import type { Command } from '#core/graph/commands'
import { addAt, addReading, type PlacingContext } from '../../../../src-renderer/editor/graph/placing'
import { CARD_HEIGHT, CARD_WIDTH } from '../../../../src-renderer/editor/graph/geometry'
import { graphOf } from '../../../core/graph/projects'

const places: Readonly<Record<string, [number, number]>> = { input: [0, 0], conv1: [0, 88], pool1: [0, 176] }

function context(): PlacingContext {
  const graph = graphOf('input', 'conv1:conv2d < input', 'pool1:max-pool2d < conv1')
  const nodes = graph.nodes.map((node) => ({ ...node, position: places[node.id]! }))
  return { graph: { ...graph, nodes }, scope: [], heightOf: () => CARD_HEIGHT }
}

/** The center of a card with its corner here. */
const at = (x: number, y: number) => ({ x: x + CARD_WIDTH / 2, y: y + CARD_HEIGHT / 2 })

const connections = (command: Command): string[] =>
  (command.type === 'batch' ? command.commands : [command]).flatMap((part) =>
    part.type === 'edge.connect' ? [`${part.from} → ${part.to}`] : [],
  )

describe('a layer dropped below a loose end', () => {
  it('connects to it, aligned with it', () => {
    const command = addAt(context(), 'linear', at(30, 270))
    expect(connections(command)).toEqual(['pool1 → linear1'])
    expect(command).toMatchObject({ commands: [{ kind: 'linear', position: [0, 272] }, {}] })
  })

  it.each([
    ['beside it', 'linear', at(240, 176)],
    ['far below it', 'linear', at(0, 600)],
    ['above it', 'linear', at(0, -120)],
    ['and is an Input', 'input', at(0, 264)],
  ])('stays unconnected if it is %s', (_, kind, point) => {
    expect(connections(addAt(context(), kind, point))).toEqual([])
  })

  it('is not connected to a loose end past a layer that has a reader', () => {
    const { graph, ...rest } = context()
    const nodes = graph.nodes.map((node) =>
      node.id === 'pool1' ? { ...node, position: [600, 0] as [number, number] } : node,
    )
    expect(connections(addAt({ ...rest, graph: { ...graph, nodes } }, 'relu', at(0, 176)))).toEqual([])
  })

  it('reads the layer whose connection was dropped there, and no other', () => {
    expect(connections(addReading(context(), 'linear', 'conv1', at(0, 264)))).toEqual(['conv1 → linear1'])
  })
})
