/**
 * All user actions as commands: one registry feeds the palette, the menus and the keyboard, so the same
 * command has the same effect however it is invoked. Screens add theirs with `useCommands` while they are mounted.
 */
import { onScopeDispose, ref, shallowReactive, computed, watch, type Component } from 'vue'
import { isEmptySearch, isTyping, matchesShortcut, undoesOrRedoes, worksWhileTyping } from '../ui/shortcuts'

const commandGroups = ['project', 'edit', 'go', 'layer', 'model', 'training', 'view', 'help'] as const
export type CommandGroup = (typeof commandGroups)[number]

export interface AppCommand {
  /** Stable name, `area.verb`, e.g. `edit.undo`. */
  readonly id: string
  readonly group: CommandGroup
  /** Called on every render, so that the text reflects the language and the state ("Undo: add conv1"). */
  readonly label: () => string
  readonly icon?: Component
  readonly shortcut?: string
  /** Additional search terms for the palette. */
  readonly keywords?: () => string
  /** Why it cannot run now; null if it can. */
  readonly disabledReason?: () => string | null
  /** Excluded from the palette, e.g. because it needs a pointer position. */
  readonly hidden?: boolean
  /** Listed only for a query: one of many, such as a run or a setting. */
  readonly onlyFound?: boolean
  readonly run: () => void | Promise<void>
}

const registered = shallowReactive(new Map<string, AppCommand>())

/** All commands, by group, in registration order. */
export const commands = computed(() =>
  [...registered.values()].sort((a, b) => commandGroups.indexOf(a.group) - commandGroups.indexOf(b.group)),
)

/**
 * Adds commands and returns a function that removes them. A later command with the same id replaces the earlier one.
 */
export function addCommands(added: readonly AppCommand[]): () => void {
  for (const command of added) registered.set(command.id, command)
  return () => {
    for (const command of added) if (registered.get(command.id) === command) registered.delete(command.id)
  }
}

/** Adds commands for the lifetime of the calling component. */
export function useCommands(added: readonly AppCommand[]): void {
  onScopeDispose(addCommands(added))
}

/**
 * Keeps the commands returned by `list` registered, replacing them whenever they change. Call within a component or a
 * scope.
 */
export function useCommandList(list: () => readonly AppCommand[]): void {
  let remove = (): void => undefined
  watch(
    list,
    (added) => {
      remove()
      remove = addCommands(added)
    },
    { immediate: true },
  )
  onScopeDispose(() => remove())
}

/** Counts palette openings, for providers that list what is on disk. */
export const searchesBegun = ref(0)

/** The command with this id, if registered. */
export function findCommand(id: string): AppCommand | undefined {
  return registered.get(id)
}

/** Runs a command unless it is unknown or disabled; returns true if it ran. */
export function runCommand(id: string): boolean {
  const command = registered.get(id)
  if (command === undefined || (command.disabledReason?.() ?? null) !== null) return false
  void command.run()
  return true
}

/** Dialogs, and popovers not marked as sharing the keyboard with what is below them. */
const KEEPS_KEYS = '[role="dialog"][data-state="open"]:not([data-shares-keys])'

/** Runs the command with this shortcut. Open dialogs trap the keyboard. */
export function handleShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (document.querySelector(KEEPS_KEYS) !== null) return
  // In a menu or a list, plain letters search for an entry.
  const choosing = event.target instanceof Element && event.target.closest('[role="menu"], [role="listbox"]') !== null
  const typing = choosing || isTyping(event)
  for (const command of registered.values()) {
    const shortcut = command.shortcut
    if (shortcut === undefined || !matchesShortcut(event, shortcut)) continue
    // An empty search field has nothing to undo.
    const isFree = worksWhileTyping(shortcut) || (undoesOrRedoes(shortcut) && isEmptySearch(event))
    if (typing && !isFree) return
    event.preventDefault()
    runCommand(command.id)
    return
  }
}
