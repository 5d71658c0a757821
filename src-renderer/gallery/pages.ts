/** The pages of the gallery, as screens of the frame. */
import { ChartLine, CircleQuestionMark, Layers, PanelsTopLeft, Rocket, SlidersHorizontal, Table } from '@lucide/vue'
import type { ScreenEntry } from '../frame/screens'
import { defineAsyncComponent, type Component } from 'vue'
import ChartsPage from './ChartsPage.vue'
import ControlsPage from './ControlsPage.vue'
import OverlaysPage from './OverlaysPage.vue'
import PanelsPage from './PanelsPage.vue'
import TablesPage from './TablesPage.vue'

/** Labels are borrowed from the workflow, so that the rail shows its real words. */
export const pages: readonly (ScreenEntry & { readonly component: Component })[] = [
  {
    name: 'start',
    label: 'frame.start',
    icon: Rocket,
    place: 'step',
    component: defineAsyncComponent(() => import('../start/StartScreen.vue')),
  },
  { name: 'controls', label: 'frame.data', icon: SlidersHorizontal, place: 'step', component: ControlsPage },
  { name: 'panels', label: 'frame.model', icon: PanelsTopLeft, place: 'step', component: PanelsPage },
  { name: 'charts', label: 'frame.train', icon: ChartLine, place: 'step', component: ChartsPage },
  { name: 'tables', label: 'frame.runs', icon: Table, place: 'record', component: TablesPage },
  { name: 'overlays', label: 'frame.tune', icon: Layers, place: 'record', component: OverlaysPage, guard: () => null },
  {
    name: 'locked',
    label: 'frame.export',
    icon: Layers,
    place: 'step',
    component: OverlaysPage,
    guard: () => 'frame.needsProject',
  },
  {
    name: 'help',
    label: 'frame.help',
    icon: CircleQuestionMark,
    place: 'foot',
    component: defineAsyncComponent(() => import('../help/HelpScreen.vue')),
  },
]
