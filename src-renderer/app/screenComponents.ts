/** The component of every screen, loaded when the screen is first opened. */
import { defineAsyncComponent, type Component } from 'vue'
import type { ScreenName } from '../frame/screens'

export const screenComponents: Readonly<Record<ScreenName, Component>> = {
  start: defineAsyncComponent(() => import('../start/StartScreen.vue')),
  data: defineAsyncComponent(() => import('../data/DataScreen.vue')),
  augment: defineAsyncComponent(() => import('../augment/AugmentScreen.vue')),
  model: defineAsyncComponent(() => import('../editor/ModelScreen.vue')),
  train: defineAsyncComponent(() => import('../training/TrainScreen.vue')),
  infer: defineAsyncComponent(() => import('../inference/InferScreen.vue')),
  runs: defineAsyncComponent(() => import('../runs/RunsScreen.vue')),
  help: defineAsyncComponent(() => import('../help/HelpScreen.vue')),
}
