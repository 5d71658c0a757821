/** Commands: shortcuts as keys and as text, search, and what may run when. */
// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import {
  addCommands,
  commands,
  findCommand,
  handleShortcut,
  runCommand,
  type AppCommand,
} from '../../../src-renderer/commands/useCommands'
import { searchCommands } from '../../../src-renderer/commands/searchCommands'
import { describeShortcut, matchesShortcut } from '../../../src-renderer/ui/shortcuts'

const removers: (() => void)[] = []
afterEach(() => {
  for (const remove of removers.splice(0)) remove()
  document.body.innerHTML = ''
})

function add(...added: AppCommand[]): void {
  removers.push(addCommands(added))
}

function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.addEventListener('keydown', (pressed) => handleShortcut(pressed as KeyboardEvent), { once: true })
  target.dispatchEvent(event)
  return event
}

describe('shortcuts', () => {
  it('are printed as the keys of the system', () => {
    expect([
      describeShortcut('Mod+Shift+Z', false),
      describeShortcut('Mod+Shift+Z', true),
      describeShortcut('Alt+1', false),
      describeShortcut('Mod++', false),
    ]).toEqual(['Ctrl Shift Z', '⇧⌘Z', 'Alt 1', 'Ctrl +'])
  })

  it('match their keys and no others', () => {
    const key = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init)
    expect(matchesShortcut(key({ key: 'k', code: 'KeyK', ctrlKey: true }), 'Mod+K', false)).toBe(true)
    expect(matchesShortcut(key({ key: 'k', code: 'KeyK', ctrlKey: true, shiftKey: true }), 'Mod+K', false)).toBe(false)
    expect(matchesShortcut(key({ key: 'k', code: 'KeyK', metaKey: true }), 'Mod+K', true)).toBe(true)
    expect(matchesShortcut(key({ key: '¡', code: 'Digit1', altKey: true }), 'Alt+1', false)).toBe(true)
    expect(matchesShortcut(key({ key: '?', code: 'Slash', shiftKey: true }), '?', false)).toBe(true)
    expect(matchesShortcut(key({ key: 'Delete' }), 'Del', false)).toBe(true)
    expect(matchesShortcut(key({ key: 'F6', shiftKey: true }), 'Shift+F6', false)).toBe(true)
    expect(matchesShortcut(key({ key: 'F6' }), 'Shift+F6', false)).toBe(false)
  })
})

describe('the registry', () => {
  const log: string[] = []
  const command = (id: string, more: Partial<AppCommand> = {}): AppCommand => ({
    id,
    group: 'edit',
    label: () => id,
    run: () => void log.push(id),
    ...more,
  })

  it('orders by group, replaces by id and forgets removed commands', () => {
    add(command('b', { group: 'go' }), command('a', { group: 'project' }))
    const remove = addCommands([command('c'), command('b', { group: 'view' })])
    expect(commands.value.map((entry) => entry.id)).toEqual(['a', 'c', 'b'])
    remove()
    expect(commands.value.map((entry) => entry.id)).toEqual(['a'])
    expect(findCommand('c')).toBeUndefined()
  })

  it('does not run disabled or unknown commands', () => {
    log.length = 0
    add(command('no', { disabledReason: () => 'not now' }), command('yes'))
    expect([runCommand('no'), runCommand('yes'), runCommand('what')]).toEqual([false, true, false])
    expect(log).toEqual(['yes'])
  })

  it('leaves plain keys to text fields and menus, and everything to dialogs', () => {
    log.length = 0
    add(
      command('letter', { shortcut: 'c' }),
      command('undo', { shortcut: 'Mod+Z' }),
      command('find', { shortcut: 'Mod+K' }),
    )
    document.body.innerHTML = '<input><div role="menu"><b></b></div>'
    const input = document.querySelector('input')!
    press('c', { code: 'KeyC' }, input)
    press('z', { code: 'KeyZ', ctrlKey: true }, input)
    press('k', { code: 'KeyK', ctrlKey: true }, input)
    press('c', { code: 'KeyC' }, document.querySelector('b')!)
    expect(log).toEqual(['find'])
    expect(press('c', { code: 'KeyC' }).defaultPrevented).toBe(true)
    document.body.innerHTML = '<div role="dialog" data-state="open"></div>'
    press('c', { code: 'KeyC' })
    expect(log).toEqual(['find', 'letter'])
  })
})

describe('the search', () => {
  const entry = (label: string, more: Partial<AppCommand> = {}): AppCommand => ({
    id: label,
    group: 'layer',
    label: () => label,
    run: () => undefined,
    ...more,
  })
  const all = [
    entry('Add Conv2d', { keywords: () => 'convolution' }),
    entry('Disconnect'),
    entry('Go to Train'),
    entry('Secret', { hidden: true }),
  ]
  const found = (query: string) => searchCommands(all, query).map((command) => command.id)

  it('requires every word, ranks the start of a word higher, and knows keywords', () => {
    expect(found('con')).toEqual(['Add Conv2d', 'Disconnect'])
    expect(found('convolution')).toEqual(['Add Conv2d'])
    expect(found('tr go')).toEqual(['Go to Train'])
    expect(found('add pool')).toEqual([])
  })

  it('shows everything that is not hidden for an empty query', () => {
    expect(found('  ')).toEqual(['Add Conv2d', 'Disconnect', 'Go to Train'])
  })
})
