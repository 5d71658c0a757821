/** The rail: links to the screens, guards, and marks of progress and errors. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, nextTick, ref } from 'vue'
import { useSession, type OpenProject, type RailMarks } from '../../../src-renderer/frame/sessionStore'
import WorkflowRail from '../../../src-renderer/frame/WorkflowRail.vue'
import { screens } from '../../../src-renderer/frame/screens'
import {
  byTestId,
  click,
  find,
  findAll,
  freshStores,
  isOff,
  mountComponent,
  press,
  speak,
  textsOf,
} from '../support/mountComponent'

const digits: OpenProject = { name: 'Digits', dirty: false, readOnly: false }

function mountRail(hasProject = true) {
  const pinia = freshStores()
  const session = useSession(pinia)
  const project = ref(hasProject ? digits : null)
  const marks = ref<RailMarks>({})
  session.show({ project: () => project.value, marks: () => marks.value })
  const current = ref('model')
  const gone: string[] = []
  mountComponent(
    () => h(WorkflowRail, { entries: screens, current: current.value, onGo: (name: string) => void gone.push(name) }),
    { pinia },
  )
  return { project, marks, current, gone }
}

const item = (name: string) => byTestId(`rail-${name}`)
const names = () => findAll('.rail-item').map((link) => link.dataset.testid!.replace('rail-', ''))

it('lists the steps of the workflow in order, the runs below a line, and help at the foot', () => {
  mountRail()
  expect(names()).toEqual(['data', 'augment', 'model', 'train', 'infer', 'runs', 'help'])
  expect([findAll('hr').length, textsOf('.rail-group.foot'), item('train').getAttribute('href')]).toEqual([
    1,
    ['Help'],
    '#/train',
  ])
})

describe('a click', () => {
  it('opens its screen', async () => {
    const { gone } = mountRail()
    await click(item('train'))
    expect([gone, item('model').getAttribute('aria-current')]).toEqual([['train'], 'page'])
  })

  it('does nothing while the screen needs a project', async () => {
    const { gone, project } = mountRail(false)
    expect(names().filter((name) => isOff(item(name)))).toEqual(['data', 'augment', 'model', 'train', 'infer'])
    const event = new MouseEvent('click', { bubbles: true, cancelable: true })
    item('train').dispatchEvent(event)
    expect([gone, event.defaultPrevented]).toEqual([[], true])
    project.value = digits
    await nextTick()
    await click(item('train'))
    expect(gone).toEqual(['train'])
  })
})

it('is one tab stop with wrapping arrows, Home and End', async () => {
  mountRail()
  expect(findAll('[tabindex="0"]')).toEqual([item('model')])
  item('model').focus()
  const walked: string[] = []
  for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home']) {
    await press(document.activeElement!, key)
    walked.push((document.activeElement as HTMLElement).dataset.testid!)
  }
  expect(walked).toEqual(['rail-train', 'rail-help', 'rail-data', 'rail-help', 'rail-data'])
})

it('marks complete, running and failing steps, also in words', async () => {
  const { marks } = mountRail()
  marks.value = { data: 'done', train: 'live', model: 2 }
  await nextTick()
  const wordsOf = (name: string) => item(name).querySelector('.visually-hidden')?.textContent ?? null
  expect(['data', 'train', 'model', 'infer'].map(wordsOf)).toEqual(['Complete', 'Running', '2 errors', null])
  expect(find('[data-testid="rail-model"] .rail-mark').textContent).toBe('2')
  await speak('zh-CN')
  expect(wordsOf('model')).toMatch(/2.*错误/)
  expect(textsOf('[data-testid="rail-data"] .rail-item-label')).toEqual(['数据'])
})
