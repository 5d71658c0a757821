/** Entry of the page: mounts the app and connects it to its host. */
import { connectApp } from './editor/files/connectApp'
import { startBackend } from './editor/files/startBackend'
import { languageReady } from './i18n/language'
import { mountApp } from './mountApp'

void languageReady().then(() => mountApp({ start: startBackend }, connectApp))
