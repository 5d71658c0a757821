/** The pre-transforms steps: listed with the host's reports, and edited in the project. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import StepsPanel from '../../../src-renderer/data/StepsPanel.vue'
import { useData } from '../../../src-renderer/stores/dataStore'
import { useRuns } from '../../../src-renderer/stores/runStore'
import { sampleProject } from '../../main/engine/training/trainHere'
import { eventually } from '../../support/eventually'
import { connectHost } from '../support/connectHost'
import {
  byTestId,
  choose,
  click,
  find,
  findAll,
  isOff,
  mountComponent,
  press,
  speak,
  textOf,
  textsOf,
} from '../support/mountComponent'
import { openProject } from '../support/openProject'

const penguins = sampleProject('penguins')

function mountSteps(readOnly = false) {
  const { pinia, project } = openProject(penguins, { readOnly })
  mountComponent(() => h(StepsPanel), { pinia })
  const kinds = () => project.project!.data.preprocess.map(({ kind }) => kind)
  return { pinia, project, kinds }
}

const names = () => textsOf('.step-name')
const name = (text: string) => findAll('.step-name').find((step) => textOf(step) === text)!

/** The panel with data prepared by a real host. */
async function mountPrepared() {
  const { client } = await connectHost()
  const mounted = mountSteps()
  useRuns(mounted.pinia).client = client
  await eventually(() => expect(useData(mounted.pinia).inspected).not.toBeNull())
  await nextTick()
  return mounted
}

describe('the list', () => {
  it('starts with reading, which is fixed, and shows the size of every cached step', async () => {
    await mountPrepared()
    expect(names().slice(1)).toEqual(['Fill missing', 'Standardize', 'One-hot'])
    expect(findAll('.step-row').map((row) => row.querySelector('.step-grip') !== null)).toEqual([
      false,
      true,
      true,
      true,
    ])
    expect(textsOf('.steps-panel-size')[0]).toMatch(/KiB/)
    expect(textsOf('.step-note')[3]).toMatch(/columns/)
  })

  it('has Chinese names', async () => {
    await speak('zh-CN')
    mountSteps()
    expect(names()).toEqual(['填补缺失值', '标准化', '独热编码'])
  })
})

describe('a step', () => {
  it('is added from a menu of suitable steps, and opens', async () => {
    const { kinds } = await mountPrepared()
    await press(byTestId('add-step'), 'Enter')
    await nextTick()
    const item = findAll('[role="menuitem"]').find((entry) => textOf(entry).startsWith('Clip outliers'))!
    await click(item)
    await nextTick()
    expect(kinds()).toEqual(['fill-missing', 'standardize', 'one-hot', 'clip-outliers'])
    expect([textsOf('.step-row.chosen .step-name'), findAll('.step-form').length]).toEqual([['Clip outliers'], 1])
  })

  it('is switched off and on in place, in undoable edits', async () => {
    const { project } = mountSteps()
    await click(name('Standardize'))
    const isOn = () => project.project!.data.preprocess[1]!.enabled !== false
    await click(byTestId('step-on'))
    expect([isOn(), textsOf('.step-row.off .step-name')]).toEqual([false, ['Standardize']])
    await click(byTestId('step-on'))
    expect([isOn(), 'enabled' in project.project!.data.preprocess[1]!]).toEqual([true, false])
    project.undo()
    expect(isOn()).toBe(false)
  })

  it('moves with Alt and an arrow', async () => {
    const { kinds } = mountSteps()
    await press(name('Fill missing'), 'ArrowDown', { altKey: true })
    expect([kinds(), names()]).toEqual([
      ['standardize', 'fill-missing', 'one-hot'],
      ['Standardize', 'Fill missing', 'One-hot'],
    ])
  })

  it('is removed with Delete or its button, and restored by undo', async () => {
    const { kinds, project } = mountSteps()
    await press(name('Standardize'), 'Delete')
    expect(kinds()).toEqual(['fill-missing', 'one-hot'])
    project.undo()
    await nextTick()
    await click(name('One-hot'))
    await click(find('.steps-panel-remove .icon-button'))
    expect(kinds()).toEqual(['fill-missing', 'standardize'])
  })

  it('is edited in its form', async () => {
    const { project } = mountSteps()
    await click(name('Fill missing'))
    await choose(find('[data-testid="param-strategy"] .choice-select'), 'Median')
    expect(project.project!.data.preprocess[0]).toEqual({ kind: 'fill-missing', strategy: 'median' })
  })
})

it('a read-only project allows no adding, moving or removing', async () => {
  const { project } = mountSteps(true)
  const before = project.history
  await press(name('Standardize'), 'Delete')
  await press(name('Fill missing'), 'ArrowDown', { altKey: true })
  await click(name('Standardize'))
  expect([isOff(byTestId('add-step')), findAll('.steps-panel-remove').length, project.history === before]).toEqual([
    true,
    0,
    true,
  ])
})
