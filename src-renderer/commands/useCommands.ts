/**
 * Everything a person can do, as commands: one registry feeds the palette, the menus and the keyboard, so the same
 * command has the same effect however it is called. Screens add theirs with `useCommands` while they are mounted.
 */
import { onScopeDispose, ref, shallowReactive, computed, watch, type Component } from 'vue'
import { isEmptySearch, isTyping, matchesShortcut, undoesOrRedoes, worksWhileTyping } from '../ui/shortcuts'

const commandGroups = ['project', 'edit', 'go', 'layer', 'model', 'training', 'view', 'help'] as const
export type CommandGroup = (typeof commandGroups)[number]

export interface AppCommand {
  /** Stable name, `area.verb`, e.g. `edit.undo`. */
  readonly id: string
  readonly group: CommandGroup
  /** Called on every render, so that the text follows the language and the state ("Undo: add conv1"). */
  readonly label: () => string
  readonly icon?: Component
  readonly shortcut?: string
  /** Further words it is found by in the palette. */
  readonly keywords?: () => string
  /** Why it cannot run now; null when it can. */
  readonly disabledReason?: () => string | null
  /** Left out of the palette, e.g. because it needs a pointer position. */
  readonly hidden?: boolean
  /** Found by a query alone: one of many, such as a run or a setting. */
  readonly onlyFound?: boolean
  readonly run: () => void | Promise<void>
}

const registered = shallowReactive(new Map<string, AppCommand>())

/** All commands, by group, in the order they were added. */
export const commands = computed(() =>
  [...registered.values()].sort((a, b) => commandGroups.indexOf(a.group) - commandGroups.indexOf(b.group)),
)

/** Adds commands and returns what takes them away again. A later command with the same id replaces the earlier one. */
export function addCommands(added: readonly AppCommand[]): () => void {
  for (const command of added) registered.set(command.id, command)
  return () => {
    for (const command of added) if (registered.get(command.id) === command) registered.delete(command.id)
  }
}

/** Adds commands for as long as the calling component lives. */
export function useCommands(added: readonly AppCommand[]): void {
  onScopeDispose(addCommands(added))
}

/** Adds the commands that `list` gives, and others in their place whenever it gives others. Within a component or a scope. */
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

/** Counts how often the palette was opened, for those who list what is on disk. */
export const searchesBegun = ref(0)

/** The command of this id, where one is registered. */
export function findCommand(id: string): AppCommand | undefined {
  return registered.get(id)
}

/** Runs a command unless it is unknown or disabled; true when it ran. */
export function runCommand(id: string): boolean {
  const command = registered.get(id)
  if (command === undefined || (command.disabledReason?.() ?? null) !== null) return false
  void command.run()
  return true
}

/** Dialogs, and popovers that are not marked as sharing the keyboard with what lies below them. */
const KEEPS_KEYS = '[role="dialog"][data-state="open"]:not([data-shares-keys])'

/** Runs the command whose shortcut this is. Open dialogs keep the keyboard to themselves. */
export function handleShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (document.querySelector(KEEPS_KEYS) !== null) return
  // In a menu or a list, plain letters look for an entry.
  const choosing = event.target instanceof Element && event.target.closest('[role="menu"], [role="listbox"]') !== null
  const typing = choosing || isTyping(event)
  for (const command of registered.values()) {
    const shortcut = command.shortcut
    if (shortcut === undefined || !matchesShortcut(event, shortcut)) continue
    // An empty search has nothing of its own to undo.
    const isFree = worksWhileTyping(shortcut) || (undoesOrRedoes(shortcut) && isEmptySearch(event))
    if (typing && !isFree) return
    event.preventDefault()
    runCommand(command.id)
    return
  }
}
