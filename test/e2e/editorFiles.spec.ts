/**
 * Saving, reopening, the places and paths of the file dialog, reloading, recovery and the unsaved mark, in the real
 * built app on real files.
 */
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { node, openTemplate, settled, shapeOf, shoot } from './support/editorPage'
import { startApp, type RunningApp } from './support/runningApp'

let app: RunningApp
/** A folder outside the home folder that windows may also browse. */
let disk: string
beforeAll(async () => {
  disk = await realpath(await mkdtemp(join(tmpdir(), 'layerloom-disk-')))
  app = await startApp({ browse: [disk] })
})
afterAll(async () => {
  await app?.close()
  await rm(disk, { recursive: true, force: true })
})

const readSample = () => readFile(resolve(import.meta.dirname, '../../resources/projects/mnist-mlp.loom'), 'utf8')

const isDirty = async (page: Page): Promise<boolean> => (await page.getByLabel('Unsaved changes').count()) > 0

/** Everything that the canvas shows of the network. */
const picture = (page: Page): Promise<string[]> =>
  page
    .locator('.vue-flow__node')
    .evaluateAll((cards) =>
      cards.map(
        (card) =>
          `${(card as HTMLElement).style.transform} ${card.textContent} ${card.firstElementChild?.getAttribute('data-shape')}`,
      ),
    )

async function saveAs(page: Page, name: string): Promise<void> {
  // A dialog that was just closed is still on screen while it fades.
  await page.getByTestId('file-dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+s')
  await page.getByTestId('file-dialog').waitFor()
  await page.getByTestId('file-name').getByRole('textbox').fill(name)
  await page.getByTestId('file-confirm').click()
  await page.getByTestId('file-dialog').waitFor({ state: 'detached' })
  // The dialog only selects the place; the host writes after it is closed.
  await expect.poll(() => readdir(app.home)).toContain(`${name}.loom`)
}

/** Opens the file dialog from the start screen and returns it. */
async function startOpening(page: Page): Promise<Locator> {
  await page.getByTestId('template-empty').waitFor()
  await page.keyboard.press('Control+o')
  const dialog = page.getByTestId('file-dialog')
  await dialog.waitFor()
  return dialog
}

const pathField = (dialog: Locator): Locator => dialog.getByRole('textbox', { name: 'Path', exact: true })

describe('a project', () => {
  it('is saved, reopened and saved again with identical bytes', { timeout: 300_000 }, async () => {
    const { page, complaints } = await app.open()
    await openTemplate(page, 'mnist-cnn')
    await expect.poll(() => isDirty(page)).toBe(false)
    await node(page, 'conv1').click()
    await page.getByTestId('palette-gelu').click()
    await page.getByTestId('canvas').focus()
    await page.keyboard.press('Control+g')
    await page.getByRole('textbox', { name: 'Layer name' }).press('Enter')
    await expect.poll(() => isDirty(page)).toBe(true)
    await page.keyboard.press('Control+s')
    await page.getByTestId('file-dialog').waitFor()
    await shoot(page, 'save-dialog')
    await page.keyboard.press('Escape')
    await saveAs(page, 'digits')
    await expect.poll(() => isDirty(page)).toBe(false)
    const written = await readFile(join(app.home, 'digits.loom'), 'utf8')
    expect(JSON.parse(written)).toMatchObject({ format: 'layerloom', name: 'MNIST: convolutional network' })
    await page.getByTestId('fit').click()
    await settled(page)
    await page.getByText('shape from data').waitFor({ state: 'detached' })
    const shown = await picture(page)

    const other = (await app.open()).page
    await other.getByRole('button', { name: /digits\.loom/ }).click()
    await node(other, 'output').and(other.locator('[data-shape^="N"]')).waitFor()
    await settled(other)
    // The network is drawn before its data is read.
    await expect.poll(() => picture(other)).toEqual(shown)
    await expect.poll(() => isDirty(other)).toBe(false)
    await other.keyboard.press('Control+Shift+S')
    await other.getByTestId('file-name').getByRole('textbox').fill('digits')
    await other.getByTestId('file-confirm').click()
    await other.getByText('digits already exists').waitFor()
    await other.getByTestId('file-confirm').click()
    await other.getByTestId('file-dialog').waitFor({ state: 'detached' })
    expect(await readFile(join(app.home, 'digits.loom'), 'utf8')).toBe(written)
    expect(complaints).toEqual([])
    await page.close()
    await other.close()
  })

  it('is not overwritten if another program changed the file, unless the user confirms', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    await saveAs(page, 'shared')
    const file = join(app.home, 'shared.loom')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"epochs": 5', '"epochs": 7'))
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await page.keyboard.press('Control+s')
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('changed by another program')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => isDirty(page)).toBe(true)
    expect(await readFile(file, 'utf8')).toContain('"epochs": 7')
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: 'Replace', exact: true }).click()
    await expect.poll(() => isDirty(page)).toBe(false)
    expect(await readFile(file, 'utf8')).not.toContain('relu1')
    await page.close()
  })

  it('of a newer version opens read-only with a notice; a copy can be edited', async () => {
    const { page } = await app.open()
    const newer = (await readSample()).replace('"version": 1', '"version": 9')
    await writeFile(join(app.home, 'newer.loom'), newer)
    const dialog = await startOpening(page)
    await dialog.getByRole('button', { name: 'newer.loom' }).click()
    await page.getByTestId('file-confirm').click()
    await page.getByText('This project was saved by a newer version of Layerloom').waitFor()
    const mark = page.getByText('Read-only', { exact: true })
    await mark.waitFor()
    await expect.poll(() => page.getByTestId('palette-gelu').getAttribute('aria-disabled')).toBe('true')
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => node(page, 'relu1').count()).toBe(1)
    await shoot(page, 'newer-version')
    // Saving requires another name; the copy is of this version and can be edited.
    await saveAs(page, 'older')
    await mark.waitFor({ state: 'detached' })
    expect(await readFile(join(app.home, 'newer.loom'), 'utf8')).toBe(newer)
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => node(page, 'relu1').count()).toBe(0)
    await page.close()
  })

  it('is clean again when undo restores the saved state', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => isDirty(page)).toBe(true)
    await page.keyboard.press('Control+z')
    await expect.poll(() => isDirty(page)).toBe(false)
    await page.keyboard.press('Control+y')
    await expect.poll(() => isDirty(page)).toBe(true)
    await page.close()
  })

  it('is still there after the page is reloaded', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await page.reload()
    await expect.poll(() => shapeOf(page, 'output')).toBe('N×10')
    expect(await node(page, 'relu1').count()).toBe(0)
    await expect.poll(() => isDirty(page)).toBe(true)
    await page.close()
  })

  it('that was never saved is offered after its window is gone', async () => {
    const { page, context } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await page.getByText(/^Autosaved /).waitFor()
    await context.close()
    const again = (await app.open()).page
    await again.getByText('Unsaved work').waitFor()
    await shoot(again, 'recovery')
    await again.getByRole('button', { name: 'Recover' }).first().click()
    await node(again, 'fc1').waitFor()
    expect(await node(again, 'relu1').count()).toBe(0)
    await expect.poll(() => isDirty(again)).toBe(true)
    await again.close()
  })

  it('with unsaved changes is not left without a prompt', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await page.getByRole('link', { name: 'Start' }).click()
    await page.getByTestId('template-mnist-cnn').click()
    await page.getByRole('dialog').waitFor()
    await expect
      .poll(() => page.getByRole('dialog').textContent())
      .toContain('Save changes to MNIST: multilayer perceptron?')
    await shoot(page, 'leave-question')
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await node(page, 'conv1').waitFor()
    await page.close()
  })
})

describe('the file dialog', () => {
  it('shows every place, and switches to the selected one', async () => {
    const { page } = await app.open()
    await writeFile(join(disk, 'far.loom'), await readSample())
    const dialog = await startOpening(page)
    const places = dialog.getByRole('navigation', { name: 'Places' })
    await expect.poll(() => places.getByRole('button').allInnerTexts()).toEqual(['Home', disk])
    await places.getByText('start with layerloom serve --browse and a folder').waitFor()
    await expect.poll(() => pathField(dialog).inputValue()).toBe('~')
    await places.getByRole('button', { name: disk }).click()
    await dialog.getByRole('button', { name: 'far.loom' }).waitFor()
    expect(await places.locator('[aria-current]').innerText()).toBe(disk)
    expect(await pathField(dialog).inputValue()).toBe(disk)
    await page.close()
  })

  it('opens the project at a typed path', async () => {
    const { page } = await app.open()
    await writeFile(join(disk, 'typed.loom'), await readSample())
    const dialog = await startOpening(page)
    await pathField(dialog).fill(join(disk, 'typed.loom'))
    await pathField(dialog).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await node(page, 'relu1').waitFor()
    await page.close()
  })

  it('explains what to do about an invalid path, until another one is typed', async () => {
    const { page } = await app.open()
    await writeFile(join(app.home, 'notes.txt'), 'no project')
    const dialog = await startOpening(page)
    for (const [path, sentence] of [
      ['absent.loom', 'Path not found or not readable. Check the spelling'],
      ['notes.txt', 'Wrong file type.'],
      ['..', 'outside the allowed folders. Start Layerloom with layerloom serve --browse and its folder.'],
    ] as const) {
      await pathField(dialog).fill(path)
      await expect.poll(() => pathField(dialog).getAttribute('aria-invalid')).toBeNull()
      await pathField(dialog).press('Enter')
      await dialog.getByText(sentence).waitFor()
      expect(await pathField(dialog).inputValue()).toBe(path)
    }
    await page.close()
  })

  it('explains how to give the window access to a folder if there is none', async () => {
    const homeless = await startApp({ hasHome: false })
    onTestFinished(() => homeless.close())
    const { page } = await homeless.open()
    const dialog = await startOpening(page)
    await dialog
      .getByText('This window has no folder access. Start Layerloom with layerloom serve --browse and a folder.')
      .waitFor()
  })
})
