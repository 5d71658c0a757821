/**
 * Mounts the app into the page. Its backends are passed in, so that the connection, tests and the gallery can each
 * provide their own.
 */
import { createPinia } from 'pinia'
import { createApp, type App } from 'vue'
import AppRoot from './AppRoot.vue'
import { startBackendKey, type StartBackend } from '../start/useStartBackend'
import '../ui/styles'

export interface Backends {
  readonly start: StartBackend
}

/** `prepare` may provide further dependencies to the screens before the first one is created. */
export function mountApp(backends: Backends, prepare?: (app: App) => void): App {
  const app = createApp(AppRoot)
  app.use(createPinia())
  app.provide(startBackendKey, backends.start)
  prepare?.(app)
  app.mount('#app')
  return app
}
