/** Puts the app into the page. What it talks to is handed in, so that the connection, tests and the gallery each give their own. */
import { createPinia } from 'pinia'
import { createApp, type App } from 'vue'
import AppRoot from './AppRoot.vue'
import { startBackendKey, type StartBackend } from '../start/useStartBackend'
import '../ui/styles'

export interface Backends {
  readonly start: StartBackend
}

/** `prepare` may provide further things to the screens before the first of them is made. */
export function mountApp(backends: Backends, prepare?: (app: App) => void): App {
  const app = createApp(AppRoot)
  app.use(createPinia())
  app.provide(startBackendKey, backends.start)
  prepare?.(app)
  app.mount('#app')
  return app
}
