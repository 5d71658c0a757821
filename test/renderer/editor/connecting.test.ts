/** The outcome of a connection being dragged, before the data has been read. */
// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { useConnecting } from '../../../src-renderer/editor/canvas/useConnecting'
import { openGraph } from './openGraph'

it('is judged by the known shape of the data', () => {
  const { pinia, project } = openGraph(
    [
      { id: 'input', kind: 'input' },
      { id: 'conv1', kind: 'conv2d', params: { outChannels: 8, padding: 1 } },
      { id: 'conv2', kind: 'conv2d', params: { outChannels: 16, padding: 1 } },
      { id: 'add', kind: 'add' },
    ],
    [
      { from: 'input', to: 'conv1' },
      { from: 'input', to: 'conv2' },
      { from: 'conv1', to: 'add', port: 'a' },
    ],
  )
  const connecting = useConnecting(pinia)
  expect(project.sample).toBeUndefined()
  connecting.begin({ node: 'conv2' })
  const verdict = connecting.judge({ node: 'add', port: 'b' })
  expect(verdict).toMatchObject({
    kind: 'misfits',
    problem: { arithmetic: expect.stringContaining('N×16×28×28') as string },
  })
  connecting.end()
})
