/** The toolbars over the canvas: selection, blocks and view. */
// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { h, nextTick } from 'vue'
import CanvasTools from '../../../../src-renderer/editor/canvas/CanvasTools.vue'
import { useEditor, type Camera } from '../../../../src-renderer/editor/editorStore'
import { closeToast, toasts } from '../../../../src-renderer/ui/toasts'
import { digitsProject, soundLines, withBlock } from '../../../core/compiler/networks'
import { edgeList, graphOf } from '../../../core/graph/projects'
import {
  button,
  byTestId,
  click,
  find,
  findAll,
  isOff,
  mountComponent,
  press,
  speak,
  textsOf,
  type,
} from '../../support/mountComponent'
import { openProject } from '../../support/openProject'

const sound = digitsProject(soundLines)
const blocked = withBlock(
  digitsProject(['input', 'block1:block < input', 'flatten < block1', 'fc:linear < flatten', 'output < fc']),
  'block1',
  graphOf('x:block-input', 'conv1:conv2d < x', 'out:block-output < conv1'),
)

function mountTools(opened = sound, readOnly = false) {
  onTestFinished(() => [...toasts].forEach(({ id }) => closeToast(id)))
  const { pinia, project } = openProject(opened, { readOnly })
  mountComponent(() => h(CanvasTools), { pinia })
  return { project, editor: useEditor(pinia) }
}

const ids = (project: ReturnType<typeof mountTools>['project']) => project.graph.nodes.map(({ id }) => id)

describe('the tools of the selection', () => {
  it('are disabled without a selection', async () => {
    const { project } = mountTools()
    const before = project.history
    for (const tool of ['group', 'duplicate', 'delete', 'align']) {
      expect(isOff(byTestId(tool)), tool).toBe(true)
      await click(byTestId(tool))
    }
    expect([project.history === before, isOff(byTestId('tidy'))]).toEqual([true, false])
  })

  it('delete it and offer Undo', async () => {
    const { project } = mountTools()
    project.select(['relu1'])
    await nextTick()
    await click(byTestId('delete'))
    expect(edgeList(project.graph)).toContain('conv1 → flatten.x')
    expect(toasts.map(({ text }) => text)).toEqual(['Deleted relu1'])
    toasts[0]!.action!.run()
    expect(ids(project)).toContain('relu1')
  })

  it('duplicate it and select the copies', async () => {
    const { project } = mountTools()
    project.select(['conv1', 'relu1'])
    await nextTick()
    await click(byTestId('duplicate'))
    expect(ids(project)).toHaveLength(8)
    expect([...project.selection].sort()).toEqual(
      ids(project).filter((id) => !soundLines.some((line) => line.startsWith(id))),
    )
  })

  it('group it into a block that is being renamed, and ungroup the block', async () => {
    const { project, editor } = mountTools()
    project.select(['conv1', 'relu1'])
    await nextTick()
    await click(byTestId('group'))
    const [block] = [...project.selection]
    expect([ids(project).length, editor.renaming]).toEqual([5, block])
    await click(byTestId('ungroup'))
    expect(edgeList(project.graph)).toEqual(edgeList(sound.graph))
  })

  it('align it from a menu that disables spreading below three layers', async () => {
    const { project } = mountTools()
    project.apply({ type: 'node.move', positions: { conv1: [80, 0], relu1: [240, 160] } })
    project.select(['conv1', 'relu1'])
    await nextTick()
    await press(byTestId('align'), 'Enter')
    await nextTick()
    const items = findAll('[role="menuitem"]')
    expect(items.map(isOff)).toEqual([false, false, false, false, false, false, true, true])
    await click(items[0]!)
    const xs = project.graph.nodes.filter(({ id }) => project.selection.has(id)).map(({ position }) => position[0])
    expect(xs).toEqual([80, 80])
  })

  it('are disabled in a read-only project', async () => {
    const { project } = mountTools(sound, true)
    project.select(['conv1', 'relu1'])
    await nextTick()
    const before = project.history
    for (const tool of ['tidy', 'group', 'duplicate', 'delete', 'align']) await click(byTestId(tool))
    expect([project.history === before, findAll('.tool-bar [aria-disabled]').length]).toEqual([true, 5])
  })
})

describe('a block', () => {
  it('that is selected has a field for its repeat count', async () => {
    const { project } = mountTools(blocked)
    expect(findAll('[data-testid="repeat"]')).toEqual([])
    project.select(['block1'])
    await nextTick()
    await type(find('[data-testid="repeat"] input'), '3')
    expect(project.graph.nodes.find(({ id }) => id === 'block1')!.repeat).toBe(3)
  })

  it('is opened, shown as a path, and selected when left', async () => {
    const { project } = mountTools(blocked)
    project.select(['block1'])
    await nextTick()
    await click(byTestId('open-block'))
    expect(project.scope).toEqual(['block1'])
    expect([textsOf('.canvas-path button').slice(0, 1), textsOf('[aria-current="page"]')]).toEqual([
      ['Digits'],
      ['block1'],
    ])
    await click(byTestId('leave-block'))
    expect([project.scope, [...project.selection], findAll('.canvas-path').length]).toEqual([[], ['block1'], 0])
  })
})

describe('the view', () => {
  it('is zoomed and fitted by the camera, and shows its scale', async () => {
    const { editor } = mountTools()
    const asked: string[] = []
    const camera: Camera = {
      fit: () => void asked.push('fit'),
      zoomBy: (factor) => void asked.push(`by ${factor}`),
      zoomTo: (scale) => void asked.push(`to ${scale}`),
      reveal: () => undefined,
      center: () => ({ x: 0, y: 0 }),
      free: () => ({ width: 0, height: 0 }),
      focus: () => undefined,
    }
    editor.camera = camera
    editor.scale = 0.756
    await nextTick()
    expect(textsOf('.tool-bar-scale')).toEqual(['76 %'])
    for (const name of ['Zoom out', 'Zoom in', '76 %']) await click(button(name))
    await click(byTestId('fit'))
    expect(asked).toEqual(['by 0.8', 'by 1.25', 'to 1', 'fit'])
  })

  it('toggles the outline', async () => {
    const { editor } = mountTools()
    await click(byTestId('show-outline'))
    expect([editor.showsOutline, byTestId('show-outline').getAttribute('aria-pressed')]).toEqual([true, 'true'])
  })

  it('has Chinese names', async () => {
    await speak('zh-CN')
    mountTools()
    expect([button('放大'), button('缩小')].map((element) => element.tagName)).toEqual(['BUTTON', 'BUTTON'])
  })
})
