import { describe, expect, test } from 'vitest'
import { addedIds, applyCommand } from '#core/graph/apply'
import { copyNodes, parseClipboard } from '#core/graph/clipboard'
import { chain, edgeList, graphOf, ports, projectOf } from './projects'

const project = projectOf(chain)

/** Copies layers of the chain and pastes them into another project. */
function pasteInto(target: ReturnType<typeof projectOf>, ids: string[], at?: [number, number], scope: string[] = []) {
  const clip = parseClipboard(copyNodes(project.graph, ids))!
  return applyCommand(target, { type: 'nodes.paste', clip, scope, ...(at && { at }) })
}

describe('copy and paste', () => {
  test('layers are pasted into another project with their settings and the edges between them', () => {
    const source = applyCommand(project, { type: 'node.setParam', id: 'conv1', name: 'channels', value: 4 })
    const clip = parseClipboard(copyNodes(source.graph, ['conv1', 'relu1']))!
    const after = applyCommand(projectOf(graphOf('input')), { type: 'nodes.paste', clip, at: [100, 50] })
    expect(after.graph.nodes.slice(1)).toMatchObject([
      { id: 'conv1', params: { channels: 4 }, position: [100, 50] },
      { id: 'relu1', position: [100, 138] },
    ])
    expect(edgeList(after.graph)).toEqual(['conv1 → relu1.x'])
  })

  test('in the same project they get new names and a small offset', () => {
    const after = pasteInto(project, ['conv1', 'relu1', 'flatten1'])
    expect(addedIds(project, after)).toEqual(['conv2', 'relu2', 'flatten2'])
    expect(after.graph.nodes[7]!.position).toEqual([32, 120])
    expect(after.graph.edges.slice(6)).toEqual([{ from: 'conv2', to: 'relu2', port: 'x' }])
  })

  test('blocks are pasted as a whole', () => {
    const grouped = applyCommand(project, { type: 'block.group', ids: ['conv1', 'relu1'] }, ports)
    const clip = parseClipboard(copyNodes(grouped.graph, ['block1', 'pool1']))!
    const after = applyCommand(grouped, { type: 'nodes.paste', clip })
    expect(addedIds(grouped, after)).toEqual(['block2', 'pool2'])
    expect(after.graph.nodes.at(-2)!.graph).toEqual(grouped.graph.nodes[1]!.graph)
  })

  test('Input and Output are left out inside a block, and the ports of a block everywhere', () => {
    const grouped = applyCommand(project, { type: 'block.group', ids: ['pool1'] }, ports)
    const after = pasteInto(grouped, ['input', 'conv1'], undefined, ['block1'])
    expect(addedIds(grouped, after, ['block1'])).toEqual(['conv1'])
    const inner = grouped.graph.nodes.find(({ id }) => id === 'block1')!.graph!
    expect(parseClipboard(copyNodes(inner, ['x', 'pool1', 'out']))).toMatchObject({
      nodes: [{ id: 'pool1' }],
      edges: [],
    })
  })

  test('duplicating is copying and pasting in one step', () => {
    const after = applyCommand(project, { type: 'nodes.duplicate', ids: ['conv1', 'relu1'], at: [240, 0] })
    expect(after).toEqual(pasteInto(project, ['conv1', 'relu1'], [240, 0]))
  })
})

describe('foreign clipboard text', () => {
  test.each([
    '',
    'hello',
    '{',
    '{}',
    '[1, 2]',
    '{"format":"layerloom-layers"}',
    '{"format":"layerloom-layers","version":99,"graph":{"nodes":[],"edges":[]}}',
    '{"format":"layerloom-layers","version":1,"graph":{"nodes":[{"id":"a","kind":"block"}],"edges":[]}}',
    '{"format":"layerloom-layers","version":1,"graph":{"nodes":[{"id":"a b","kind":"relu"}],"edges":[]}}',
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  ])('%.60s is not pasted', (text) => {
    expect(parseClipboard(text)).toBeUndefined()
  })

  test('edges to layers that were not copied are dropped', () => {
    const text = copyNodes(chain, ['conv1']).replace('"edges": []', '"edges": [{ "from": "ghost", "to": "conv1" }]')
    const after = applyCommand(project, { type: 'nodes.paste', clip: parseClipboard(text)! })
    expect(after.graph.edges).toEqual(project.graph.edges)
  })

  test('a block nested too deeply is not pasted', () => {
    let text = '{"nodes":[],"edges":[]}'
    for (let depth = 0; depth < 2000; depth++) text = `{"nodes":[{"id":"b","kind":"block","graph":${text}}],"edges":[]}`
    expect(parseClipboard(`{"format":"layerloom-layers","version":1,"graph":${text}}`)).toBeUndefined()
  })
})
