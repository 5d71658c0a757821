/** Entry point of the page: mounts the app and connects it to its host. */
import { connectApp } from './connectApp'
import { startBackend } from './startBackend'
import { languageReady } from '../i18n/useLanguage'
import { mountApp } from './mountApp'

void languageReady().then(() => mountApp({ start: startBackend }, connectApp))
