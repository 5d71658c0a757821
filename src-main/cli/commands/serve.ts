/** `layerloom serve`: serves the window to a browser, for machines without a desktop. */
import { defineCommand } from '../command'

export const serve = defineCommand({
  name: 'serve',
  summary: 'Opens Layerloom in the browser, locally or over SSH from another machine.',
  arguments: [{ name: 'path', optional: true, doc: 'A project to open, or a folder to start in.' }],
  options: {
    browse: {
      type: 'list',
      value: 'DIR',
      doc: 'A folder to allow besides your home folder; / for everything you can read. Can be repeated.',
    },
    port: { type: 'text', value: 'N', doc: 'Port on 127.0.0.1; any free port by default.' },
    'no-open': { type: 'flag', doc: 'Print the link without opening a browser.' },
    'idle-minutes': {
      type: 'text',
      value: 'N',
      doc: 'Exit after N minutes with no window and no running work; 60 by default, 0 for never.',
    },
  },
  examples: ['serve my.loom', 'serve --browse /data --browse /mnt/photos', 'serve --no-open --port 8123'],
  async run({ arguments: [path], options }) {
    // Loaded lazily: the browser side is large and no other command needs it.
    const { main } = await import('../../server/serve')
    const { browse, port, 'no-open': noOpen, 'idle-minutes': idleMinutes } = options
    return main([
      ...browse.map((folder) => `--browse=${folder}`),
      ...(port === undefined ? [] : [`--port=${port}`]),
      ...(noOpen ? ['--no-open'] : []),
      ...(idleMinutes === undefined ? [] : [`--idle-minutes=${idleMinutes}`]),
      ...(path === undefined ? [] : ['--', path]),
    ])
  },
})
