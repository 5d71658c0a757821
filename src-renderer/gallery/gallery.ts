/**
 * Development only: every component in every state and every chart, from fixtures, inside the real frame.
 * Not part of the app; test/e2e/gallery.spec.ts builds it and takes the screenshots.
 */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { languageReady } from '../i18n/useLanguage'
import { startBackendKey } from '../start/useStartBackend'
import '../ui/styles'
import GalleryRoot from './GalleryRoot.vue'
import { fixtureBackend } from './startFixtures'

const app = createApp(GalleryRoot)
app.use(createPinia())
app.provide(startBackendKey, fixtureBackend)
void languageReady().then(() => app.mount('#app'))
