/** The canvas: layers as cards, edited with the keyboard and menus. */
// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { h, nextTick } from 'vue'
import NetworkCanvas from '../../../../src-renderer/editor/canvas/NetworkCanvas.vue'
import { useEditor } from '../../../../src-renderer/editor/editorStore'
import { closeToast, toasts } from '../../../../src-renderer/ui/toasts'
import { digitsProject, soundLines, withBlock } from '../../../core/compiler/networks'
import { edgeList, graphOf } from '../../../core/graph/projects'
import { eventually } from '../../../support/eventually'
import {
  byTestId,
  click,
  find,
  findAll,
  mountComponent,
  press,
  speak,
  textOf,
  textsOf,
  type,
} from '../../support/mountComponent'
import { openProject } from '../../support/openProject'

const sound = digitsProject(soundLines)

async function mountCanvas(opened = sound) {
  onTestFinished(() => [...toasts].forEach(({ id }) => closeToast(id)))
  const { pinia, project } = openProject(opened)
  const inspected: string[] = []
  mountComponent(() => h(NetworkCanvas, { onInspect: () => void inspected.push([...project.selection].join()) }), {
    pinia,
  })
  await nextTick()
  const canvas = byTestId('canvas')
  const keys = async (...pressed: (string | [string, KeyboardEventInit])[]) => {
    for (const key of pressed) await (typeof key === 'string' ? press(canvas, key) : press(canvas, ...key))
  }
  return { project, editor: useEditor(pinia), inspected, canvas, keys }
}

const ids = (project: Awaited<ReturnType<typeof mountCanvas>>['project']) => project.graph.nodes.map(({ id }) => id)

describe('the cards', () => {
  it('show the layers with their shapes and a spoken description', async () => {
    await mountCanvas()
    await eventually(() => expect(findAll('.layer-card')).toHaveLength(6))
    expect([byTestId('node-conv1').dataset.kind, byTestId('node-conv1').dataset.shape]).toEqual([
      'conv2d',
      expect.stringContaining('16×26×26'),
    ])
    expect(byTestId('node-conv1').getAttribute('aria-label')).toMatch(/conv1.*Conv2d.*160/)
  })

  it('follow edits and undo', async () => {
    const { project } = await mountCanvas()
    project.apply({ type: 'node.remove', ids: ['relu1'], reconnect: true })
    await eventually(() => expect(findAll('[data-testid="node-relu1"]')).toEqual([]))
    project.undo()
    await eventually(() => byTestId('node-relu1'))
  })

  it('give way to a hint in an empty network that adds an Input', async () => {
    const { project } = await mountCanvas({ ...sound, graph: { nodes: [], edges: [] } })
    await click(find('.canvas-empty button'))
    expect(project.graph.nodes.map(({ kind }) => kind)).toEqual(['input'])
    await eventually(() => expect(findAll('.canvas-empty')).toEqual([]))
  })
})

describe('the keyboard', () => {
  it('walks along the edges, extends the selection with Shift and clears it with Escape', async () => {
    const { project, canvas, keys } = await mountCanvas()
    project.select(['input'])
    await nextTick()
    await keys('ArrowDown')
    expect([[...project.selection], canvas.getAttribute('aria-activedescendant')]).toEqual([['conv1'], 'card-conv1'])
    await keys(['ArrowDown', { shiftKey: true }])
    expect([...project.selection]).toEqual(['conv1', 'relu1'])
    await keys('Escape')
    expect([...project.selection]).toEqual([])
  })

  it('opens the inspector with Enter', async () => {
    const { project, inspected, keys } = await mountCanvas()
    project.select(['fc'])
    await keys('Enter')
    expect(inspected).toEqual(['fc'])
  })

  it('deletes with Delete and moves with Alt and an arrow', async () => {
    const { project, keys } = await mountCanvas()
    project.select(['relu1'])
    await keys('Delete')
    expect(edgeList(project.graph)).toContain('conv1 → flatten.x')
    project.select(['conv1'])
    const place = () => project.graph.nodes.find(({ id }) => id === 'conv1')!.position
    const [x, y] = place()
    await keys(['ArrowRight', { altKey: true }], ['ArrowDown', { altKey: true, shiftKey: true }])
    expect(place()[0]).toBeGreaterThan(x + 1)
    expect(place()[1]).toBe(y + 1)
  })

  it('renames a card with F2', async () => {
    const { project, keys } = await mountCanvas()
    await eventually(() => byTestId('node-conv1'))
    project.select(['conv1'])
    await nextTick()
    await keys('F2')
    await eventually(() => find('.layer-card-rename'))
    await type(find('.layer-card-rename'), 'stem')
    await press(find('.layer-card-rename'), 'Enter')
    expect(ids(project)).toContain('stem')
  })

  it('connects with C, an arrow and Enter', async () => {
    const open = { ...sound, graph: { ...sound.graph, edges: sound.graph.edges.filter(({ to }) => to !== 'relu1') } }
    const { project, keys } = await mountCanvas(open)
    project.select(['conv1'])
    await nextTick()
    await keys('c', 'Enter')
    expect(edgeList(project.graph)).toContain('conv1 → relu1.x')
  })
})

describe('the pointer', () => {
  it('selects a layer and opens its context menu', async () => {
    const { project } = await mountCanvas()
    await eventually(() => byTestId('node-conv1'))
    byTestId('node-conv1').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
    await nextTick()
    expect([...project.selection]).toEqual(['conv1'])
    await eventually(() => find('[role="menu"]'))
    const duplicate = findAll('[role="menuitem"]').find((item) => textOf(item).startsWith('Duplicate'))!
    await click(duplicate)
    expect(ids(project)).toHaveLength(7)
  })

  it('opens a block with a double click', async () => {
    const { project } = await mountCanvas(
      withBlock(
        digitsProject(['input', 'block1:block < input', 'flatten < block1', 'fc:linear < flatten', 'output < fc']),
        'block1',
        graphOf('x:block-input', 'conv1:conv2d < x', 'out:block-output < conv1'),
      ),
    )
    await eventually(() => byTestId('node-block1'))
    byTestId('node-block1').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await eventually(() => expect(textsOf('.layer-card b')).toEqual(['x', 'conv1', 'out']))
    expect(project.scope).toEqual(['block1'])
  })
})

it('is named in Chinese', async () => {
  const { canvas } = await mountCanvas()
  expect(canvas.getAttribute('aria-label')).toBe('Network canvas')
  await speak('zh-CN')
  expect(canvas.getAttribute('aria-label')).toMatch(/[\u4e00-\u9fff]/)
})
