/** The outline: reading and editing a network with the keyboard alone. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import OutlineTree from '../../../../src-renderer/editor/panels/OutlineTree.vue'
import { politeText } from '../../../../src-renderer/ui/announcer'
import { digitsProject, soundLines, withBlock } from '../../../core/compiler/networks'
import { edgeList, graphOf } from '../../../core/graph/projects'
import {
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

async function mountOutline(opened = sound, readOnly = false) {
  const { pinia, project } = openProject(opened, { readOnly })
  mountComponent(() => h(OutlineTree), { pinia })
  await nextTick()
  return project
}

const row = (id: string) => byTestId(`outline-${id}`)
/** Presses keys on the focused element. */
async function keys(...pressed: (string | [key: string, init: KeyboardEventInit])[]): Promise<void> {
  for (const key of pressed) {
    await (typeof key === 'string' ? press(document.activeElement!, key) : press(document.activeElement!, ...key))
    await nextTick()
  }
}
const focusedId = () => document.activeElement?.getAttribute('data-testid')?.replace('outline-', '')

describe('the rows', () => {
  it('list the layers in the order of computation, with shapes and a spoken description', async () => {
    await mountOutline()
    expect(textsOf('.outline-name')).toEqual(['input', 'conv1', 'relu1', 'flatten', 'fc', 'output'])
    expect(row('conv1').dataset.shape).toBe('N×16×26×26')
    expect(row('conv1').querySelector('.visually-hidden')?.textContent).toBe(
      'conv1, Conv2d, reads input, output N×16×26×26, 160 parameters',
    )
  })

  it('are described in Chinese', async () => {
    await speak('zh-CN')
    await mountOutline()
    expect(row('conv1').querySelector('.visually-hidden')?.textContent).toMatch(/读取.*16×26×26.*160.*参数/)
  })

  it('of a block expand and collapse with the arrows, which also move in and out', async () => {
    await mountOutline(blocked)
    await keys('ArrowDown', 'ArrowRight')
    expect([row('block1').getAttribute('aria-expanded'), row('conv1').getAttribute('aria-level')]).toEqual([
      'true',
      '2',
    ])
    await keys('ArrowRight', 'ArrowDown')
    expect(focusedId()).toBe('conv1')
    await keys('ArrowLeft', 'ArrowLeft')
    expect([focusedId(), row('block1').getAttribute('aria-expanded')]).toEqual(['block1', 'false'])
  })
})

it('arrows, Home and End move and select; Shift extends the selection', async () => {
  const project = await mountOutline()
  await keys('ArrowDown', 'ArrowDown')
  expect([focusedId(), [...project.selection]]).toEqual(['relu1', ['relu1']])
  await keys(['ArrowDown', { shiftKey: true }])
  expect([...project.selection]).toEqual(['relu1', 'flatten'])
  await keys('End', 'Home', 'ArrowUp')
  expect([focusedId(), [...project.selection]]).toEqual(['input', ['input']])
})

describe('a layer', () => {
  it('is added after the focused one with A, a few letters and Enter', async () => {
    const project = await mountOutline()
    await keys('End', 'Home', 'ArrowDown', 'a')
    await type(find('[data-testid="quick-pick"] input'), 'drop')
    await keys('Enter')
    expect(edgeList(project.graph)).toContain('dropout1 → relu1.x')
    expect([focusedId(), politeText.value]).toEqual(['dropout1', 'dropout1 added'])
  })

  it('is not added when Escape closes the search', async () => {
    const project = await mountOutline()
    await keys('a', 'Escape')
    expect([project.graph.nodes.length, findAll('[data-testid="quick-pick"]').length, focusedId()]).toEqual([
      6,
      0,
      'input',
    ])
  })

  it('is renamed with F2 and Enter, but not to a name in use', async () => {
    const project = await mountOutline()
    await keys('ArrowDown', 'F2')
    await type(find('.outline-rename input'), 'fc')
    await keys('Enter')
    expect([findAll('.outline-error').length, project.graph.nodes[1]!.id]).toEqual([1, 'conv1'])
    await type(find('.outline-rename input'), 'stem')
    await keys('Enter')
    expect([project.graph.nodes[1]!.id, focusedId(), findAll('.outline-rename').length]).toEqual(['stem', 'stem', 0])
  })

  it('is deleted with Delete; its neighbors are connected and the next layer is focused', async () => {
    const project = await mountOutline()
    await keys('ArrowDown', 'ArrowDown', 'Delete')
    expect([edgeList(project.graph).includes('conv1 → flatten.x'), focusedId()]).toEqual([true, 'flatten'])
  })

  it('swaps places with its neighbor with Alt and an arrow', async () => {
    await mountOutline()
    await keys('ArrowDown', ['ArrowDown', { altKey: true }])
    expect([textsOf('.outline-name').slice(0, 3), focusedId()]).toEqual([['input', 'relu1', 'conv1'], 'conv1'])
  })

  it('is connected to a chosen input with C, and disconnected the same way', async () => {
    const project = await mountOutline()
    await keys('ArrowDown', 'c')
    await type(find('[data-testid="quick-pick"] input'), 'relu1')
    await keys('Enter')
    expect(edgeList(project.graph)).not.toContain('conv1 → relu1.x')
    await keys('c')
    await type(find('[data-testid="quick-pick"] input'), 'relu1')
    await keys('Enter')
    expect(edgeList(project.graph)).toContain('conv1 → relu1.x')
  })
})

it('an Output can neither be connected nor moved', async () => {
  const project = await mountOutline()
  await keys('End')
  const before = project.history
  await click(byTestId('outline-connect'))
  expect([isOff(byTestId('outline-connect')), findAll('[data-testid="quick-pick"]').length]).toEqual([true, 0])
  await keys(['ArrowDown', { altKey: true }])
  expect(project.history).toBe(before)
})

it('a read-only project can be walked but not changed', async () => {
  const project = await mountOutline(sound, true)
  const before = project.history
  await keys('ArrowDown', 'a', 'F2', 'Delete', ['ArrowDown', { altKey: true }])
  expect([project.history === before, focusedId(), findAll('[data-testid="outline-add"]').length]).toEqual([
    true,
    'conv1',
    0,
  ])
})
