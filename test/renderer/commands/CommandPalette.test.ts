/** The command palette: type to search, arrows to choose, Enter to run. */
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { h, nextTick, ref } from 'vue'
import CommandPalette from '../../../src-renderer/commands/CommandPalette.vue'
import { addCommands, type AppCommand } from '../../../src-renderer/commands/useCommands'
import { eventually } from '../../support/eventually'
import { click, find, findAll, isOff, mountComponent, press, speak, textsOf, type } from '../support/mountComponent'

let ran: string[] = []
beforeEach(() => void (ran = []))

const command = (id: string, label: string, more: Partial<AppCommand> = {}): AppCommand => ({
  id,
  group: 'edit',
  label: () => label,
  run: () => void ran.push(id),
  ...more,
})

async function openPalette() {
  onTestFinished(
    addCommands([
      command('undo', 'Undo', { shortcut: 'Mod+Z' }),
      command('redo', 'Redo', { disabledReason: () => 'Nothing to redo' }),
      command('train', 'Start training', { group: 'training' }),
    ]),
  )
  const open = ref(true)
  mountComponent(() => h(CommandPalette, { open: open.value, 'onUpdate:open': (next: boolean) => (open.value = next) }))
  await nextTick()
  return { open, field: find<HTMLInputElement>('input') }
}

const chosen = () => textsOf('[role="option"][aria-selected="true"] > span.cut')

describe('the list', () => {
  it('shows every command under the heading of its group, with its shortcut or why it is disabled', async () => {
    await openPalette()
    expect(textsOf('.menu-heading')).toEqual(['Edit', 'Training'])
    expect(textsOf('[role="option"] > span.cut')).toEqual(['Undo', 'Redo', 'Start training'])
    expect([textsOf('[role="option"] small'), textsOf('.menu-end')]).toEqual([
      ['Nothing to redo'],
      [expect.stringMatching(/Z$/)],
    ])
    expect(findAll('[role="option"]').map(isOff)).toEqual([false, true, false])
  })

  it('shows the matching commands without headings, or a sentence where nothing matches', async () => {
    const { field } = await openPalette()
    await type(field, 'do')
    expect([findAll('[role="option"]').length, textsOf('.menu-heading')]).toEqual([2, []])
    await type(field, 'bake')
    expect(textsOf('[role="status"]')).toEqual(['No command matches “bake”'])
  })

  it('has Chinese headings', async () => {
    await speak('zh-CN')
    await openPalette()
    expect(textsOf('.menu-heading')).toEqual(['编辑', '训练'])
  })
})

describe('the keyboard', () => {
  it('moves through the list with wrapping arrows and starts at the top with every search', async () => {
    const { field } = await openPalette()
    await press(field, 'ArrowUp')
    expect(chosen()).toEqual(['Start training'])
    await press(field, 'ArrowDown')
    await press(field, 'ArrowDown')
    expect(chosen()).toEqual(['Redo'])
    expect(document.getElementById(field.getAttribute('aria-activedescendant')!)).toBe(find('[aria-selected="true"]'))
    await type(field, 'o')
    expect(chosen()).toEqual(['Undo'])
  })

  it('runs the chosen command with Enter after the palette has closed', async () => {
    const { open, field } = await openPalette()
    await type(field, 'train')
    await press(field, 'Enter')
    expect([open.value, ran]).toEqual([false, []])
    await eventually(() => expect(ran).toEqual(['train']))
  })

  it('ignores disabled commands and Enter during composition', async () => {
    const { open, field } = await openPalette()
    await press(field, 'Enter', { isComposing: true })
    await press(field, 'ArrowDown')
    await press(field, 'Enter')
    expect([open.value, ran]).toEqual([true, []])
  })

  it('closes with Escape and runs nothing', async () => {
    const { open, field } = await openPalette()
    await press(field, 'Escape')
    expect([open.value, ran]).toEqual([false, []])
  })
})

it('a click runs the command under the pointer', async () => {
  await openPalette()
  await click(findAll('[role="option"]')[1]!)
  await click(findAll('[role="option"]')[0]!)
  await eventually(() => expect(ran).toEqual(['undo']))
})
