/** Resuming runs in the window: after a kill, after Stop, after a restart of the host, and beyond the planned end. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOverflow } from '../renderer/support/pageChecks'
import { engineOf, inState, setNumber, shoot, startTrainFixture, type TrainFixture } from './trainFixture'

const TIMEOUT = 180_000
let fixture: TrainFixture

beforeAll(async () => {
  fixture = await startTrainFixture()
}, TIMEOUT)
afterAll(() => fixture?.close())

const runsFolder = () => join(fixture.folder, 'data', 'runs')
const newestRun = async () => (await readdir(runsFolder())).toSorted().at(-1)!

async function untilCheckpoint(): Promise<string> {
  const run = await newestRun()
  const file = join(runsFolder(), run, 'checkpoints', 'last.safetensors')
  await expect
    .poll(
      () =>
        stat(file).then(
          () => true,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true)
  return run
}

/** Long enough to be interrupted. */
async function startLong(page: Page): Promise<void> {
  await setNumber(page, 'epochs', 100_000)
  await page.getByTestId('train-start').click()
  await inState(page, 'training').waitFor()
}

describe('an interrupted run', () => {
  it(
    'is marked as such, and resumes from the banner, from the header, from Runs and from Start',
    { timeout: TIMEOUT },
    async () => {
      const { page, complaints } = await fixture.open({ template: 'mnist-mlp', theme: 'dark' })
      await startLong(page)
      const run = await untilCheckpoint()
      process.kill(await engineOf(fixture.folder, run), 'SIGKILL')
      await inState(page, 'interrupted').waitFor()
      await expect.poll(() => page.getByTestId('train-status').innerText()).toContain('Interrupted')
      const band = page.getByTestId('run-failure')
      await expect.poll(() => band.innerText()).toMatch(/Resumes at step \d/)
      await expect.poll(() => page.getByTestId('train-resume').innerText()).toMatch(/^Resume from epoch \d+$/)
      await expect.poll(() => page.getByTestId('train-start').innerText()).toBe('Start again')
      expect(await findOverflow(page)).toEqual([])
      await shoot(page, 'interrupted-dark-en-1440')
      await page.setViewportSize({ width: 1024, height: 700 })
      expect(await findOverflow(page)).toEqual([])
      await shoot(page, 'interrupted-dark-en-1024')

      await band.getByRole('button', { name: /Resume from epoch/ }).click()
      await inState(page, 'training').waitFor()
      await page.getByTestId('train-stop').click()
      await inState(page, 'stopped').waitFor()
      expect(await newestRun()).toBe(run)
      await page.getByTestId('train-resume').click()
      await inState(page, 'training').waitFor()
      await page.getByTestId('train-stop').click()
      await inState(page, 'stopped').waitFor()

      await page.getByTestId('rail-runs').click()
      await page.locator('[data-testid=runs-table] tbody tr').first().click()
      await page.getByTestId('train-resume').waitFor()
      await shoot(page, 'runs-resume-dark-en-1024')
      expect(await findOverflow(page)).toEqual([])
      await page.context().close()

      await fixture.restart()
      const { page: again } = await fixture.start({ language: 'zh-CN', width: 1024, height: 700 })
      const entry = again.getByTestId('unfinished-runs')
      await expect.poll(() => entry.innerText()).toMatch(/未完成：(\d+|< 1)%/)
      await shoot(again, 'start-unfinished-light-zh-1024')
      await entry.getByRole('button').click()
      await inState(again, 'training').waitFor()
      expect(complaints).toEqual([])
      await again.context().close()
      await fixture.restart()
    },
  )

  it('is paused and stopped on Runs while running without an open project', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ template: 'mnist-mlp' })
    await startLong(page)
    await page.getByTestId('train-stop').click()
    await inState(page, 'stopped').waitFor()
    await page.context().close()

    await fixture.restart()
    const { page: again, complaints } = await fixture.start()
    await again.getByTestId('rail-runs').click()
    await again.locator('[data-testid=runs-table] tbody tr').first().click()
    await again.getByTestId('train-resume').click()
    await again.getByTestId('run-pause').getByText('Pause', { exact: true }).click()
    await again.getByTestId('run-pause').getByText('Resume', { exact: true }).click()
    await again.getByTestId('run-pause').getByText('Pause', { exact: true }).waitFor()
    await again.getByTestId('rail-help').click()
    await again.getByTestId('screen-help').waitFor()
    await again.getByTestId('status-run').click()
    await again.getByTestId('run-stop').click()
    await again.getByTestId('train-resume').waitFor()
    expect(await again.getByTestId('run-stop').count()).toBe(0)
    expect(complaints).toEqual([])
    await again.context().close()
  })
})

describe('a completed run', () => {
  it('continues with more epochs, in the same log', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ template: 'penguins' })
    await setNumber(page, 'epochs', 2)
    await page.getByTestId('train-start').click()
    await inState(page, 'completed').waitFor()
    const run = await newestRun()
    await page.getByTestId('train-more').click()
    const field = page.getByTestId('more-epochs').locator('input')
    await field.fill('2')
    await shoot(page, 'more-epochs-refused')
    await expect.poll(() => page.getByTestId('more-epochs-go').getAttribute('aria-disabled')).toBe('true')
    await field.fill('5')
    await page.getByTestId('more-epochs-go').click()
    const log = page.getByTestId('train-log')
    await expect.poll(async () => (await log.innerText()).match(/^\s*\d\/5/gm)?.length, { timeout: 60_000 }).toBe(5)
    await inState(page, 'completed').waitFor()
    expect(await newestRun()).toBe(run)
  })
})
