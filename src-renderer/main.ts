/** Entry of the page: mounts the app and connects it to its host. */
import { connectApp } from './editor/files/connectApp'
import { startBackend } from './editor/files/startBackend'
import { mountApp } from './mountApp'

mountApp({ start: startBackend }, connectApp)
