/** Composition root of browser mode. */
import { basename } from 'node:path'
import { main } from './server/serve'

export { main }

// `npm start` imports this module. The bundler may move it into a chunk, so the entry is known by the name of the file that
// Node was given.
if (/^server\.[jt]s$/.test(basename(process.argv[1] ?? ''))) process.exit(await main(process.argv.slice(2)))
