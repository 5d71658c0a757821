/** Composition root of browser mode. */
import { main } from './server/serve'

process.exit(await main(process.argv.slice(2)))
