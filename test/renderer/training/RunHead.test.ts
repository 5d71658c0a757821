/** The head of the Train screen: the state of a run and the buttons that control it. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import type { RunRecordView, RunSummary } from '#core/rpc/contract/run'
import { useSession } from '../../../src-renderer/frame/sessionStore'
import { viewOf } from '../../../src-renderer/stores/runView'
import { useRuns } from '../../../src-renderer/stores/runStore'
import RunHead from '../../../src-renderer/training/RunHead.vue'
import { eventually } from '../../support/eventually'
import {
  byTestId,
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
import { recordOf, startRunHost, trained } from '../support/runs'

const latest: RunRecordView['latest'] = {
  event: 'step',
  epoch: 3,
  step: 25,
  loss: 0.1,
  train: { loss: 0.12, accuracy: 0.97 },
  losses: [],
  learningRate: 0.001,
  samplesPerSecond: 1234.4,
  secondsLeft: 9.2,
  memory: 0,
}

/** The head of a run served by a host. */
async function mountRun(summary: Partial<RunSummary>, change: Partial<RunRecordView> = {}) {
  const record = recordOf('first', summary, change)
  const host = startRunHost([record])
  const { pinia } = openProject(trained)
  const runs = useRuns(pinia)
  runs.attach(host.client)
  mountComponent(() => h(RunHead, { view: viewOf(record) }), { pinia })
  await eventually(() => expect(runs.listed).not.toBeNull())
  if (['training', 'paused', 'stopping'].includes(record.summary.state))
    await eventually(() => expect(runs.going).not.toBeNull())
  await nextTick()
  /** Waits until the host has answered exactly these requests. */
  const isAsked = (...wanted: string[]) => eventually(() => expect([host.asked, runs.asked]).toEqual([wanted, null]))
  return { ...host, session: useSession(pinia), runs, isAsked }
}

const status = () => byTestId('train-status')
const word = () => textOf(find('.run-head-word'))

describe('an active run', () => {
  it('shows its epoch, the time left, its best and newest figures, and its speed', async () => {
    await mountRun({ state: 'training' }, { latest })
    expect([word(), textOf(find('.run-head-epoch')), textsOf('.run-head-progress .hide-small')]).toEqual([
      'Training',
      'Epoch 3 of 4',
      ['step 25 of 40'],
    ])
    expect(find('.run-head-progress .row').textContent).toContain('10 s left')
    expect(textOf(byTestId('metric-val-accuracy'))).toMatch(/0\.9200.*2/)
    expect(textOf(byTestId('metric-train-loss'))).toMatch(/0\.1200.*3/)
    expect(find('.run-head-figures').textContent).toContain('1,234')
  })

  it('is paused with its button or Space; a second click before the answer does nothing', async () => {
    const { isAsked } = await mountRun({ state: 'training' }, { latest })
    await click(byTestId('train-pause'))
    await click(byTestId('train-pause'))
    await eventually(() => expect(byTestId('train-pause').getAttribute('aria-busy')).toBeNull())
    expect((await press(status(), ' ')).defaultPrevented).toBe(true)
    await isAsked('pause first', 'pause first')
  })

  it('is resumed when paused, and stopped', async () => {
    const { isAsked, runs } = await mountRun({ state: 'paused' }, { latest })
    expect([word(), textOf(byTestId('train-pause'))]).toEqual(['Paused', 'Resume'])
    await click(byTestId('train-pause'))
    await eventually(() => expect(runs.asked).toBeNull())
    await click(byTestId('train-stop'))
    await isAsked('resume first', 'stop first')
  })

  it('cannot be controlled while it is stopping', async () => {
    const { asked } = await mountRun({ state: 'stopping' }, { latest })
    expect([isOff(byTestId('train-pause')), isOff(byTestId('train-stop'))]).toEqual([true, true])
    await press(status(), ' ')
    await click(byTestId('train-stop'))
    await nextTick()
    expect(asked).toEqual([])
  })

  it('is of unknown state while the host is lost', async () => {
    const { session } = await mountRun({ state: 'training' }, { latest })
    session.hostLost = true
    await nextTick()
    expect([status().dataset.state, isOff(byTestId('train-pause')), findAll('.live-dot').length]).toEqual([
      'unheard',
      true,
      0,
    ])
  })

  it('is described in Chinese', async () => {
    await speak('zh-CN')
    await mountRun({ state: 'training' }, { latest })
    expect([word(), textOf(byTestId('train-pause')), textOf(find('.run-head-epoch'))]).toEqual([
      '训练中',
      '暂停',
      '第 3 轮，共 4 轮',
    ])
  })
})

describe('an ended run', () => {
  it('that was interrupted offers its checkpoint before a new start', async () => {
    const checkpoint = { epoch: 3, step: 20, bestEpoch: 2 }
    const { isAsked } = await mountRun(
      { state: 'interrupted' },
      {
        end: {
          event: 'error',
          code: 'engine-ended',
          message: 'The engine ended.',
          fix: '',
          problems: [],
          interrupted: true,
          checkpoint,
        },
      },
    )
    expect([word(), findAll('.text-warn').length]).toEqual(['Interrupted', 1])
    expect(
      [byTestId('train-resume'), byTestId('train-start')].map((found) => found.classList.contains('primary')),
    ).toEqual([true, false])
    await click(byTestId('train-resume'))
    await isAsked('continue first')
  })

  it('that has finished shows how long it took', async () => {
    await mountRun(
      { state: 'completed' },
      {
        end: { event: 'finished', run: 'first', reason: 'completed', bestEpoch: 2, epochs: 4, seconds: 62, model: '' },
      },
    )
    expect(word()).toBe('Finished')
    expect(find('.run-head-progress .row').textContent).toMatch(/4 epochs, 1 min 2 s/)
    expect(findAll('[data-testid="train-pause"], [data-testid="train-resume"]')).toEqual([])
    const event = await press(status(), ' ')
    expect(event.defaultPrevented).toBe(false)
  })
})

it('without a run offers the first one, disabled while the network has errors', async () => {
  const host = startRunHost([])
  const { pinia, project } = openProject(trained)
  useRuns(pinia).attach(host.client)
  mountComponent(() => h(RunHead, { view: null }), { pinia })
  expect([status().dataset.state, findAll('.run-head-figures').length]).toEqual(['none', 0])
  project.apply({ type: 'node.remove', ids: ['fc'], reconnect: false })
  await nextTick()
  expect(isOff(byTestId('train-start'))).toBe(true)
  await click(byTestId('train-start'))
  await nextTick()
  expect(host.asked).toEqual([])
})
