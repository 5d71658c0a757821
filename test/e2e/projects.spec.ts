/**
 * One project from its first run through edits, an import and a restart of the host: its runs stay with it, and nothing
 * is lost.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { inState, setNumber, shoot, startTrainFixture, type TrainFixture } from './trainFixture'

let fixture: TrainFixture
let page: Page
let complaints: readonly string[]

beforeAll(async () => {
  fixture = await startTrainFixture()
  ;({ page, complaints } = await fixture.open({ template: 'penguins' }))
})
afterAll(() => fixture?.close())

const tick = () => page.locator('[data-testid=rail-train] .rail-mark.done')
const unsaved = () => page.locator('.top-bar-dirty')
const changed = () => page.getByTestId('run-changed')

describe('a project and its runs', () => {
  it('counts as unsaved work once it is trained, and is marked as done', async () => {
    // Nothing was edited: only the training would be lost.
    expect(await unsaved().count()).toBe(0)
    await page.getByTestId('train-start').click()
    await inState(page, 'completed').waitFor()
    await tick().waitFor()
    await unsaved().waitFor()
    expect(await changed().count()).toBe(0)
  })

  it('has its test set evaluated only on request, after an explanation', async () => {
    const testColumn = page.getByTestId('best-figures').getByRole('columnheader', { name: 'Test', exact: true })
    expect(await testColumn.count()).toBe(0)
    await page.getByTestId('measure-test').click()
    const question = page.getByRole('dialog')
    await expect.poll(() => question.innerText()).toContain('It has not been used yet.')
    await shoot(page, 'test-question')
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(await testColumn.count()).toBe(0)
    await page.getByTestId('measure-test').click()
    await question.getByRole('button', { name: 'Evaluate on test set' }).click()
    await testColumn.waitFor()
    expect(await page.getByTestId('measure-test').count()).toBe(0)
    await page.getByTestId('rail-data').click()
    const looks = page.getByTestId('test-looks')
    await looks.getByText('test set used once').waitFor()
    // Another window counts a look: the count here updates once this window is active again.
    const { page: other } = await fixture.open({ template: 'penguins' })
    await other.getByTestId('rail-data').click()
    await other.getByTestId('split-bar').waitFor()
    await other.getByTestId('sample-split').getByText('Test').click()
    await other.getByTestId('open-test').click()
    await other.getByTestId('test-looks').getByText('2 times').waitFor()
    await other.context().close()
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await looks.getByText('test set used 2 times').waitFor()
  })

  it('shows its difference to the state it was trained in, and none after Undo', async () => {
    await page.getByTestId('rail-model').click()
    const layer = page.locator('[data-testid^=node-fc]').last()
    const name = (await layer.getAttribute('data-testid'))!.slice('node-'.length)
    await layer.click()
    await page.keyboard.press('Delete')
    await tick().waitFor({ state: 'detached' })
    await page.getByTestId('rail-train').click()
    await expect.poll(() => changed().innerText()).toContain(`Network changed since run 1: ${name} removed`)
    await shoot(page, 'run-changed')
    await page.getByTestId('run-changed-show').click()
    await expect.poll(() => page.getByTestId('run-changed-list').innerText()).toContain(`${name} removed`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await tick().waitFor()
    expect(await changed().count()).toBe(0)
    await setNumber(page, 'epochs', 3)
    await changed().getByText('Settings changed since run 1: epochs 30 → 3').waitFor()
    await setNumber(page, 'epochs', 30)
    await tick().waitFor()
  })

  it('has a form of its columns that begins with a typical row, and shows what the network reads', async () => {
    await page.getByTestId('rail-infer').click()
    await page.getByTestId('answer-verdict').waitFor()
    const mass = page.getByTestId('cell-Body Mass (g)').locator('input')
    expect(Number((await mass.inputValue()).replaceAll(/\D/g, ''))).toBeGreaterThan(3000)
    const columns = page.getByTestId('fed-columns')
    await expect.poll(() => columns.locator('tbody tr').count()).toBe(6)
    await expect
      .poll(() => columns.locator('tbody tr').first().innerText())
      .toMatch(/Island\s+Biscoe\s+Biscoe 1\s*Dream 0\s*Torgersen 0/)
    await mass.fill('6000')
    await mass.press('Enter')
    await columns.getByText('6000').waitFor()
    await shoot(page, 'infer-columns')
    expect(await findUnnamed(page)).toEqual([])
    expect(await findOverflow(page)).toEqual([])
  })

  it('does not leak into a new canvas in another window', async () => {
    const { page: other } = await fixture.open({ template: 'penguins' })
    await expect.poll(() => other.getByTestId('train-status').getAttribute('data-state')).toBe('none')
    expect(await other.locator('[data-testid=rail-train] .rail-mark').count()).toBe(0)
    await other.getByTestId('rail-infer').click()
    await other.getByText('No trained model yet').waitFor()
    await other.context().close()
  })

  it('is unaffected by an import, which creates a project with its own name; Undo restores the project', async () => {
    await page.getByTestId('rail-data').click()
    await page.getByTestId('data-import').click()
    await page.getByTestId('use-cars').click()
    await page.getByTestId('import-dialog').waitFor({ state: 'detached' })
    await page.locator('.top-bar').getByText('Cars').first().waitFor()
    await page.getByTestId('rail-train').click()
    await inState(page, 'none').waitFor()
    await page.keyboard.press('Control+z')
    await inState(page, 'completed').waitFor()
    await tick().waitFor()
    await page.keyboard.press('Control+Shift+z')
    await inState(page, 'none').waitFor()
    expect(complaints).toEqual([])
  })

  it('is offered again with its run after a restart of the host, and so is the imported one', async () => {
    await page.context().close()
    await fixture.restart()
    ;({ page, complaints } = await fixture.start())
    const offered = page.locator('.open-pane-unsaved li')
    await expect.poll(() => offered.count()).toBe(2)
    const trained = offered.filter({ hasText: 'Penguins' })
    await trained.getByRole('button', { name: 'Recover' }).click()
    await page.getByTestId('screen-model').waitFor()
    await page.getByTestId('rail-train').click()
    await inState(page, 'completed').waitFor()
    await tick().waitFor()
    await page.getByTestId('best-figures').getByRole('columnheader', { name: 'Test', exact: true }).waitFor()
  })

  it('can be opened from every run as a separate project, with that run', async () => {
    const { page: other } = await fixture.open({ ofRun: 'Penguins' })
    await inState(other, 'completed').waitFor()
    await expect.poll(() => other.locator('[data-testid=rail-train] .rail-mark.done').count()).toBe(1)
    await other.context().close()
    expect(complaints).toEqual([])
  })
})
