/** The file dialog of browser mode, over the folders of a real host. */
// @vitest-environment happy-dom
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { h, nextTick } from 'vue'
import type { FileReference } from '#core/rpc/contract/file'
import { answerBrowsing, chooseFile, chooseTarget } from '../../../src-renderer/host/fileChoice'
import FileDialog from '../../../src-renderer/project/FileDialog.vue'
import { temporaryFolder } from '../../main/rpc/hostFixture'
import { eventually } from '../../support/eventually'
import { connectHost } from '../support/connectHost'
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
  textOf,
  textsOf,
  type,
} from '../support/mountComponent'

/** The dialog over a folder with a subfolder and files. */
async function mountDialog() {
  const place = await realpath(await temporaryFolder())
  await mkdir(join(place, 'nets'))
  for (const name of ['digits.loom', 'cars.loom', 'notes.txt']) await writeFile(join(place, name), '{}')
  await writeFile(join(place, 'nets', 'deep.loom'), '{}')
  const { host } = await connectHost()
  await host.folders.allow(place)
  onTestFinished(() => answerBrowsing(null))
  mountComponent(() => h(FileDialog))
  return place
}

const listed = () => textsOf('.file-dialog-list button')
const row = (name: string) => {
  const found = findAll('.file-dialog-list button').find((entry) => textOf(entry) === name)
  if (found === undefined) throw new Error(`no ${name} among ${listed().join(', ')}`)
  return found
}
const isListed = (...names: string[]) => eventually(() => expect(listed()).toEqual(names))
const pathField = () => find<HTMLInputElement>('[data-testid="file-path"] input')
const nameField = () => find<HTMLInputElement>('[data-testid="file-name"] input')
const confirm = () => byTestId('file-confirm')

/** Name of the chosen file, once the dialog has left the page. */
async function answered(answer: Promise<FileReference | null> | undefined): Promise<string | undefined> {
  const file = await answer
  await eventually(() => expect(findAll('[role="dialog"]')).toHaveLength(0))
  return file?.name
}

/** Asks for a file and waits until the first folder is listed. */
async function open() {
  const answer = chooseFile('project')
  await isListed('nets', 'cars.loom', 'digits.loom')
  // In an object, because `await` would otherwise wait for the answer too.
  return { answer }
}

async function save() {
  const answer = chooseTarget('project', 'Digits')
  await isListed('nets', 'cars.loom', 'digits.loom')
  return { answer }
}

describe('opening', () => {
  it('returns the chosen file, and needs one', async () => {
    await mountDialog()
    const { answer } = await open()
    expect(isOff(confirm())).toBe(true)
    await click(row('digits.loom'))
    expect([row('digits.loom').getAttribute('aria-pressed'), isOff(confirm())]).toEqual(['true', false])
    await click(confirm())
    expect(await answered(answer)).toBe('digits.loom')
  })

  it('enters folders and leaves them', async () => {
    const place = await mountDialog()
    await open()
    await click(row('nets'))
    await isListed('deep.loom')
    expect(pathField().value).toBe(join(place, 'nets'))
    await click(find('.file-dialog-path button:last-of-type'))
    await isListed('nets', 'cars.loom', 'digits.loom')
  })

  it('follows a typed path, marks a wrong one, and returns a file directly', async () => {
    await mountDialog()
    const { answer } = await open()
    await type(pathField(), 'elsewhere')
    await press(pathField(), 'Enter')
    await eventually(() => expect(pathField().getAttribute('aria-invalid')).toBe('true'))
    await type(pathField(), 'nets/deep.loom')
    expect(pathField().getAttribute('aria-invalid')).toBeNull()
    await press(pathField(), 'Enter')
    expect(await answered(answer)).toBe('deep.loom')
  })

  it('returns nothing after Escape or Cancel', async () => {
    await mountDialog()
    const { answer: first } = await open()
    // On the button itself Escape closes its tooltip first.
    pathField().focus()
    await eventually(() => expect(findAll('.hint-tooltip')).toHaveLength(0))
    await press(pathField(), 'Escape')
    expect(await answered(first)).toBeUndefined()
    const { answer: second } = await open()
    await click(button('Cancel'))
    expect(await answered(second)).toBeUndefined()
  })
})

describe('saving', () => {
  it('suggests a name and returns a file of that name in the folder', async () => {
    await mountDialog()
    const { answer } = await save()
    expect(nameField().value).toBe('Digits')
    await type(nameField(), ' ')
    expect(isOff(confirm())).toBe(true)
    await type(nameField(), 'birds')
    await click(confirm())
    expect(await answered(answer)).toBe('birds.loom')
  })

  it('replaces a file only after a second click on the same name', async () => {
    await mountDialog()
    const { answer } = await save()
    await click(row('cars.loom'))
    expect([nameField().value, textOf(confirm())]).toEqual(['cars.loom', 'Save'])
    await press(nameField(), 'Enter')
    await eventually(() => expect(textOf(confirm())).toBe('Replace file'))
    await type(nameField(), 'digits')
    expect(textOf(confirm())).toBe('Save')
    await click(confirm())
    await eventually(() => expect(textOf(confirm())).toBe('Replace file'))
    await click(confirm())
    expect(await answered(answer)).toBe('digits.loom')
  })

  it('is titled in Chinese', async () => {
    await speak('zh-CN')
    await mountDialog()
    await save()
    expect([textOf(confirm()), textOf(find('.modal-dialog-title'))]).toEqual(['保存', expect.stringMatching(/保存/)])
  })
})

it('explains how to allow a folder where the host allows none', async () => {
  await connectHost()
  onTestFinished(() => answerBrowsing(null))
  mountComponent(() => h(FileDialog))
  void chooseFile('project')
  await eventually(() => expect(textOf(find('[data-testid="file-dialog"] .inline-note'))).toContain('--browse'))
  await nextTick()
  expect([isOff(confirm()), findAll('.file-dialog-list').length]).toEqual([true, 0])
})
