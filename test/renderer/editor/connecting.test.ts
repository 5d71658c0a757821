/** What a connection in the making would lead to, before the data has been read. */
// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { expect, it } from 'vitest'
import { parseProject } from '../../../src-core/graph/parse'
import { useConnecting } from '../../../src-renderer/editor/canvas/connecting'
import { useProject } from '../../../src-renderer/stores/projectStore'

const twoConvolutions = {
  format: 'layerloom',
  version: 1,
  name: 'digits',
  task: 'classification',
  data: { source: { kind: 'builtin', name: 'mnist' } },
  graph: {
    nodes: [
      { id: 'input', kind: 'input' },
      { id: 'conv1', kind: 'conv2d', params: { outChannels: 8, padding: 1 } },
      { id: 'conv2', kind: 'conv2d', params: { outChannels: 16, padding: 1 } },
      { id: 'add', kind: 'add' },
    ],
    edges: [
      { from: 'input', to: 'conv1' },
      { from: 'input', to: 'conv2' },
      { from: 'conv1', to: 'add', port: 'a' },
    ],
  },
}

it('is judged by the shape that the data is known to have', () => {
  const pinia = createPinia()
  createApp({}).use(pinia)
  const [project, connecting] = [useProject(pinia), useConnecting(pinia)]
  const { project: opened, problems } = parseProject(JSON.stringify(twoConvolutions))
  expect(problems).toEqual([])
  project.open(opened!, null)
  expect(project.sample).toBeUndefined()
  connecting.begin({ node: 'conv2' })
  const verdict = connecting.judge({ node: 'add', port: 'b' })
  expect(verdict).toMatchObject({
    kind: 'misfits',
    problem: { arithmetic: expect.stringContaining('N×16×28×28') as string },
  })
  connecting.end()
})
