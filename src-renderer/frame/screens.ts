/**
 * The screens of the app, in workflow order. Each row defines a screen: rail item, Alt+digit, command palette entry,
 * address and guard all derive from it.
 *
 * To add one:
 * 1. write `src-renderer/<folder>/<Name>Screen.vue`; mark its panels with `data-region="left|center|right|dock"` (F6);
 * 2. add a row here, and its component in `app/screenComponents.ts`: without it the app does not compile;
 * 3. put its texts into `i18n/en/<area>.ts` and `i18n/zh/<area>.ts` (the names of all steps are in `frame` already).
 * A screen without a row has no rail item, so the rail has no dead ends.
 */
import { ChartLine, CircleQuestionMark, Database, House, Layers2, List, PencilLine, Workflow } from '@lucide/vue'
import type { Component } from 'vue'
import type { useSession } from './sessionStore'
import type { PlainKey } from '../i18n/useText'

export interface ScreenEntry<Name extends string = string> {
  /** Used in the address and in `session.marks`. */
  readonly name: Name
  readonly label: PlainKey
  readonly icon: Component
  /**
   * `start` is behind the logo; `step` and `record` are above and below the divider of the rail; `foot` is at its
   * bottom.
   */
  readonly place: 'start' | 'step' | 'record' | 'foot'
  /** Why the screen cannot be opened now; null if it can. */
  readonly guard?: (session: ReturnType<typeof useSession>) => PlainKey | null
}

/** Guard for screens that show the open project. */
export function needsProject(session: ReturnType<typeof useSession>): PlainKey | null {
  return session.project === null ? 'frame.needsProject' : null
}

const rows = [
  {
    name: 'start',
    label: 'frame.start',
    icon: House,
    place: 'start',
  },
  {
    name: 'data',
    label: 'frame.data',
    icon: Database,
    place: 'step',
    guard: needsProject,
  },
  {
    name: 'augment',
    label: 'frame.augment',
    icon: Layers2,
    place: 'step',
    guard: needsProject,
  },
  {
    name: 'model',
    label: 'frame.model',
    icon: Workflow,
    place: 'step',
    guard: needsProject,
  },
  {
    name: 'train',
    label: 'frame.train',
    icon: ChartLine,
    place: 'step',
    guard: needsProject,
  },
  {
    name: 'infer',
    label: 'frame.infer',
    icon: PencilLine,
    place: 'step',
    guard: needsProject,
  },
  {
    name: 'runs',
    label: 'frame.runs',
    icon: List,
    place: 'record',
  },
  {
    name: 'help',
    label: 'frame.help',
    icon: CircleQuestionMark,
    place: 'foot',
  },
] as const satisfies readonly ScreenEntry[]

export type ScreenName = (typeof rows)[number]['name']

export const screens: readonly ScreenEntry<ScreenName>[] = rows

/** The screen shown after a project is opened. */
export const projectScreen: ScreenName = 'model'

export function findScreen(name: string | null | undefined): ScreenEntry<ScreenName> | undefined {
  return screens.find((screen) => screen.name === name)
}
