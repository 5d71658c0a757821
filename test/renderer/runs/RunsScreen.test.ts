/** The Runs screen: the table, the open run and its actions. */
// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { h, nextTick } from 'vue'
import { navigate, route } from '../../../src-renderer/frame/router'
import RunsScreen from '../../../src-renderer/runs/RunsScreen.vue'
import { useRuns } from '../../../src-renderer/stores/runStore'
import { answerQuestion, openQuestion } from '../../../src-renderer/ui/questions'
import { closeToast, toasts } from '../../../src-renderer/ui/toasts'
import { eventually } from '../../support/eventually'
import { giveCanvasContexts } from '../support/canvasContext'
import { button, byTestId, click, find, findAll, isOff, mountComponent, press, speak, textOf, textsOf } from '../support/mountComponent'
import { openProject } from '../support/openProject'
import { recordOf, startRunHost, trained } from '../support/runs'

const older = recordOf('older', { name: 'Birds', startedAt: '2026-02-01T04:05:09.000Z' })
const newer = recordOf('newer', { name: 'Digits' })

function mountRuns(host: ReturnType<typeof startRunHost>) {
  giveCanvasContexts()
  navigate('runs')
  onTestFinished(() => {
    navigate('', [], { replace: true })
    answerQuestion(null)
    for (const { id } of [...toasts]) closeToast(id)
  })
  const { pinia } = openProject(trained)
  const runs = useRuns(pinia)
  runs.attach(host.client)
  mountComponent(() => h(RunsScreen), { pinia })
  return runs
}

const names = () => textsOf('[data-testid="runs-table"] tbody td:first-child')
const row = (run: string) => find(`tr[data-key="${run}"]`)

/** Chooses a run and waits until it is open. */
async function open(run: string): Promise<void> {
  await eventually(() => row(run))
  await click(row(run))
  await eventually(() => find('.runs-open'))
}

describe('the table', () => {
  it('lists the newest run first with its figures, and reports damaged folders', async () => {
    mountRuns(startRunHost([older, newer], [{ run: 'spoiled', reason: 'no run.json' }]))
    await eventually(() => expect(names()).toEqual(['Digits', 'Birds']))
    expect(row('newer').textContent).toMatch(/Finished.*0\.2500.*0\.9200.*2\/4/)
    expect(textsOf('.runs-damaged')).toEqual(['spoiled: no run.json'])
  })

  it('has Chinese heads and states', async () => {
    await speak('zh-CN')
    mountRuns(startRunHost([newer]))
    await eventually(() => expect(textsOf('th')).toContain('状态'))
  })

  it('shows why it cannot be read, and can be read again', async () => {
    const host = startRunHost([newer])
    host.broken = true
    mountRuns(host)
    await eventually(() => expect(find('.empty-state').textContent).toContain('The folder of the runs is gone.'))
    host.broken = false
    await click(button('Try again'))
    await eventually(() => expect(names()).toEqual(['Digits']))
  })

  it('gives way to a hint that leads to training while there are no runs', async () => {
    mountRuns(startRunHost([]))
    await eventually(() => find('.runs-empty'))
    await click(find('.runs-empty button'))
    expect(route.value.screen).toBe('train')
  })
})

describe('a run', () => {
  it('opens below the table when chosen, and is part of the address', async () => {
    mountRuns(startRunHost([older, newer]))
    await eventually(() => row('newer'))
    expect([isOff(byTestId('run-delete')), isOff(byTestId('run-open-project'))]).toEqual([true, true])
    await open('older')
    expect([route.value.rest, textOf(find('.runs-open .panel-head'))]).toEqual([['older'], expect.stringMatching(/Birds.*Finished/)])
    expect([isOff(byTestId('run-delete')), isOff(byTestId('run-open-project'))]).toEqual([false, false])
  })

  it('is deleted with the Delete key, and restored with Undo', async () => {
    const host = startRunHost([older, newer])
    mountRuns(host)
    await open('newer')
    await press(row('newer'), 'Delete')
    await eventually(() => expect(names()).toEqual(['Birds']))
    expect([host.asked, route.value.rest]).toEqual([['remove newer'], []])
    toasts[0]!.action!.run()
    await eventually(() => expect(names()).toEqual(['Digits', 'Birds']))
    expect([host.asked, route.value.rest]).toEqual([['remove newer', 'restore newer'], ['newer']])
  })

  it('that is training is controlled here and cannot be deleted', async () => {
    const host = startRunHost([recordOf('live', { state: 'training' })])
    const runs = mountRuns(host)
    await eventually(() => expect(runs.going).not.toBeNull())
    await open('live')
    await eventually(() => expect(isOff(byTestId('run-delete'))).toBe(true))
    await press(row('live'), 'Delete')
    await click(byTestId('run-pause'))
    await eventually(() => expect([host.asked, runs.asked]).toEqual([['pause live'], null]))
  })

  it('of another process is taken over only after a confirmation', async () => {
    const host = startRunHost([newer, recordOf('elsewhere', { state: 'preparing' })])
    const runs = mountRuns(host)
    await open('elsewhere')
    await click(byTestId('run-take-over'))
    answerQuestion('leave')
    await nextTick()
    expect([runs.asked, openQuestion.value]).toEqual([null, null])
    await click(byTestId('run-take-over'))
    answerQuestion('resume')
    await eventually(() => expect([host.asked, runs.asked]).toEqual([['take over elsewhere'], null]))
    expect(findAll('[data-testid="run-pause"]')).toEqual([])
  })
})
