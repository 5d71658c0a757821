/** The model summary: costs of the layers, their trainable switches, and the copy as text. */
// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { h } from 'vue'
import ModelSummary from '../../../../src-renderer/editor/panels/ModelSummary.vue'
import { closeToast, toasts } from '../../../../src-renderer/ui/toasts'
import { eventually } from '../../../support/eventually'
import { digitsProject, soundLines, withBlock, withNode } from '../../../core/compiler/networks'
import { graphOf } from '../../../core/graph/projects'
import {
  button,
  click,
  find,
  findAll,
  isOff,
  mountComponent,
  press,
  speak,
  textsOf,
} from '../../support/mountComponent'
import { openProject } from '../../support/openProject'

const sound = digitsProject(soundLines)

function mountSummary(opened = sound, readOnly = false) {
  const { pinia, project } = openProject(opened, { readOnly })
  mountComponent(() => h(ModelSummary), { pinia })
  return project
}

const cells = (id: string) => textsOf(`tr[data-key="${id}"] td`)
const trainableSwitch = (id: string) => find(`tr[data-key="${id}"] [role="switch"]`)
const totals = () => textsOf('.summary-totals dd')

describe('the figures', () => {
  it('cover every layer and the whole network; zeros are left out', () => {
    mountSummary()
    const [layer, kind, shape, weights] = cells('conv1')
    expect([layer, kind, shape, weights]).toEqual(['conv1', 'Conv2d', 'N×16×26×26', '16×1×3×3, 16'])
    expect([cells('conv1')[5], cells('relu1')[5], cells('fc')[5]]).toEqual(['160', '–', '108,170'])
    expect(totals().slice(0, 3)).toEqual(['108,330', '108,330', '0'])
  })

  it('have Chinese heads and totals', async () => {
    await speak('zh-CN')
    mountSummary()
    expect(textsOf('th')[0]).toBe('层')
    expect(textsOf('.summary-totals dt')[0]).toBe('参数量')
  })

  it('give way to one sentence in an empty network', () => {
    mountSummary({ ...sound, graph: { nodes: [], edges: [] } })
    expect([
      findAll('tbody tr').length,
      findAll('.data-table-empty').length,
      findAll('.summary-totals').length,
    ]).toEqual([1, 1, 0])
  })
})

describe('the switch of a layer', () => {
  it('freezes it in one undoable edit, and is absent without weights', async () => {
    const project = mountSummary()
    await click(trainableSwitch('conv1'))
    expect(project.graph.nodes.find(({ id }) => id === 'conv1')!.trainable).toBe(false)
    expect([totals()[1], totals()[2], [...project.selection]]).toEqual(['108,170', '160', []])
    project.undo()
    expect(project.graph.nodes.find(({ id }) => id === 'conv1')!.trainable).toBe(true)
    expect(findAll('tr[data-key="relu1"] [role="switch"]')).toEqual([])
  })

  it('in a frozen block is disabled', async () => {
    const block = withBlock(
      digitsProject(['input', 'block1:block < input', 'flatten < block1', 'fc:linear < flatten', 'output < fc']),
      'block1',
      graphOf('x:block-input', 'conv1:conv2d < x', 'out:block-output < conv1'),
    )
    const project = mountSummary(withNode(block, 'block1', { trainable: false }))
    const before = project.history
    await click(trainableSwitch('block1.0.conv1'))
    expect([isOff(trainableSwitch('block1.0.conv1')), project.history === before]).toEqual([true, true])
  })

  it('of a read-only project is disabled', async () => {
    const project = mountSummary(sound, true)
    const before = project.history
    await click(trainableSwitch('conv1'))
    expect([isOff(trainableSwitch('conv1')), project.history === before]).toEqual([true, true])
  })
})

it('a row selects its layer, and the arrows continue from there', async () => {
  const project = mountSummary()
  await click(find('tr[data-key="conv1"]'))
  expect([...project.selection]).toEqual(['conv1'])
  find('tr[data-key="conv1"]').focus()
  await press(document.activeElement!, 'ArrowDown')
  expect([[...project.selection], find('tr.chosen').dataset.key]).toEqual([['relu1'], 'relu1'])
})

it('is copied as text with one line per layer', async () => {
  onTestFinished(() => [...toasts].forEach(({ id }) => closeToast(id)))
  mountSummary()
  await click(button('Copy as text'))
  await eventually(() => expect(toasts.map(({ tone }) => tone)).toEqual(['ok']))
  const text = await navigator.clipboard.readText()
  expect(text).toMatch(/^conv1 +Conv2d +N×16×26×26 .*160/m)
  expect(text.split('\n').filter((line) => /^(input|conv1|relu1|flatten|fc|output) /.test(line))).toHaveLength(6)
})
