/**
 * The screens of the app, in the order of the workflow. One row makes a screen: the rail item, Alt+digit, the command
 * palette, the address and the guard all come from it.
 *
 * To add one:
 *   1. write `src-renderer/<folder>/<Name>Screen.vue`; mark its panels with `data-region="left|centre|right|dock"` (F6);
 *   2. add a row here: `{ name: 'train', label: 'frame.train', icon: ChartLine, place: 'step', component: defineAsyncComponent(() =>
 *      import('./training/TrainScreen.vue')), guard: needsProject }`;
 *   3. put its texts into `i18n/en/<area>.ts` and `i18n/zh/<area>.ts` (the names of all steps are in `frame` already).
 * A screen that does not exist yet has no row: nothing in the rail is a dead end.
 */
import { ChartLine, CircleQuestionMark, Database, House, Layers2, List, PencilLine, Workflow } from '@lucide/vue'
import { defineAsyncComponent, type Component } from 'vue'
import type { useSession } from './frame/sessionStore'
import type { PlainKey } from './i18n/text'

export interface ScreenEntry {
  /** In the address and in `session.marks`. */
  readonly name: string
  readonly label: PlainKey
  readonly icon: Component
  /** `start` is behind the brand mark; `step` and `record` are above and below the line of the rail; `foot` is at its foot. */
  readonly place: 'start' | 'step' | 'record' | 'foot'
  readonly component: Component
  /** Why the screen cannot be opened now; null when it can. */
  readonly guard?: (session: ReturnType<typeof useSession>) => PlainKey | null
}

/** Guard of screens that show the open project. */
export function needsProject(session: ReturnType<typeof useSession>): PlainKey | null {
  return session.project === null ? 'frame.needsProject' : null
}

export const screens: readonly ScreenEntry[] = [
  {
    name: 'start',
    label: 'frame.start',
    icon: House,
    place: 'start',
    component: defineAsyncComponent(() => import('./start/StartScreen.vue')),
  },
  {
    name: 'data',
    label: 'frame.data',
    icon: Database,
    place: 'step',
    component: defineAsyncComponent(() => import('./data/DataScreen.vue')),
    guard: needsProject,
  },
  {
    name: 'augment',
    label: 'frame.augment',
    icon: Layers2,
    place: 'step',
    component: defineAsyncComponent(() => import('./augment/AugmentScreen.vue')),
    guard: needsProject,
  },
  {
    name: 'model',
    label: 'frame.model',
    icon: Workflow,
    place: 'step',
    component: defineAsyncComponent(() => import('./editor/ModelScreen.vue')),
    guard: needsProject,
  },
  {
    name: 'train',
    label: 'frame.train',
    icon: ChartLine,
    place: 'step',
    component: defineAsyncComponent(() => import('./training/TrainScreen.vue')),
    guard: needsProject,
  },
  {
    name: 'infer',
    label: 'frame.infer',
    icon: PencilLine,
    place: 'step',
    component: defineAsyncComponent(() => import('./inference/InferScreen.vue')),
    guard: needsProject,
  },
  {
    name: 'runs',
    label: 'frame.runs',
    icon: List,
    place: 'record',
    component: defineAsyncComponent(() => import('./runs/RunsScreen.vue')),
  },
  {
    name: 'help',
    label: 'frame.help',
    icon: CircleQuestionMark,
    place: 'foot',
    component: defineAsyncComponent(() => import('./help/HelpScreen.vue')),
  },
]

/** First screen that an opened project is shown on: its network. */
export function firstProjectScreen(): ScreenEntry | undefined {
  return screens.find((screen) => screen.name === 'model')
}
