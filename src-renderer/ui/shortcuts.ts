/** Keyboard shortcuts as text: `Mod+Shift+Z`, `Alt+1`, `F6`. Mod is Ctrl, or Command on a Mac. */

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)

interface Chord {
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
  /** `event.key` in lower case, or a digit or letter that is compared with `event.code`. */
  readonly key: string
}

function parseShortcut(shortcut: string): Chord {
  // A trailing "+" is the plus key itself: "Mod++".
  const parts = shortcut.endsWith('++') ? [...shortcut.slice(0, -2).split('+'), '+'] : shortcut.split('+')
  const modifiers = new Set(parts.slice(0, -1))
  return {
    mod: modifiers.has('Mod'),
    shift: modifiers.has('Shift'),
    alt: modifiers.has('Alt'),
    key: (parts.at(-1) ?? '').toLowerCase(),
  }
}

/**
 * Whether the event matches this shortcut. Letters and digits match the physical key, so Alt+1 works on every layout.
 */
export function matchesShortcut(event: KeyboardEvent, shortcut: string, mac = isMac): boolean {
  const chord = parseShortcut(shortcut)
  const mod = mac ? event.metaKey : event.ctrlKey
  const otherMod = mac ? event.ctrlKey : event.metaKey
  if (mod !== chord.mod || otherMod || event.altKey !== chord.alt) return false
  const byCode = /^[a-z]$/.test(chord.key)
    ? `Key${chord.key.toUpperCase()}`
    : /^\d$/.test(chord.key)
      ? `Digit${chord.key}`
      : null
  if (byCode !== null)
    return event.shiftKey === chord.shift && (event.code === byCode || event.key.toLowerCase() === chord.key)
  // Punctuation such as "?" may need Shift on some layouts; the character itself decides.
  if (chord.key.length === 1) return event.key.toLowerCase() === chord.key
  return event.shiftKey === chord.shift && event.key.toLowerCase() === keyName(chord.key)
}

function keyName(key: string): string {
  const names: Readonly<Record<string, string>> = {
    del: 'delete',
    esc: 'escape',
    space: ' ',
    up: 'arrowup',
    down: 'arrowdown',
    left: 'arrowleft',
    right: 'arrowright',
  }
  return names[key] ?? key
}

/** The shortcut as displayed: `Ctrl Shift Z`, on a Mac `⇧⌘Z`. */
export function describeShortcut(shortcut: string, mac = isMac): string {
  const parts = shortcut.endsWith('++') ? [...shortcut.slice(0, -2).split('+'), '+'] : shortcut.split('+')
  if (!mac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join(' ')
  const symbols: Readonly<Record<string, string>> = { Alt: '⌥', Shift: '⇧', Mod: '⌘' }
  const order = ['Alt', 'Shift', 'Mod']
  const sorted = [...parts.slice(0, -1)].sort((a, b) => order.indexOf(a) - order.indexOf(b))
  return [...sorted, parts.at(-1) ?? ''].map((part) => symbols[part] ?? part).join('')
}

/** Whether the event comes from a text input, so that plain keys belong to the text. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
}

/** Whether a shortcut works while the user types: only those no text field uses itself. */
export function worksWhileTyping(shortcut: string): boolean {
  const chord = parseShortcut(shortcut)
  if (/^f\d+$/.test(chord.key)) return true
  // Undo, copy and the like belong to the focused field.
  return chord.alt || (chord.mod && !['z', 'y', 'c', 'x', 'v', 'a', 'd'].includes(chord.key))
}

/** Whether the event comes from an empty search field. */
export function isEmptySearch({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.type === 'search' && target.value === ''
}

/** Whether a shortcut is undo or redo. */
export function undoesOrRedoes(shortcut: string): boolean {
  const chord = parseShortcut(shortcut)
  return chord.mod && ['z', 'y'].includes(chord.key)
}
