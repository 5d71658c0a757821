/** `layerloom serve`: the window in a browser, for machines without a desktop. */
import { defineCommand } from '../command'

export const serve = defineCommand({
  name: 'serve',
  summary: 'Opens the window in the browser, here or through SSH from another machine.',
  arguments: [{ name: 'path', optional: true, doc: 'A project to open, or a folder to begin in.' }],
  options: {
    browse: {
      type: 'list',
      value: 'DIR',
      doc: 'A folder that may be opened beside your home folder; / for everything that you may read. May be repeated.',
    },
    port: { type: 'text', value: 'N', doc: 'Port on 127.0.0.1; any free one by default.' },
    'no-open': { type: 'flag', doc: 'Print the link only, open no browser.' },
    'idle-minutes': {
      type: 'text',
      value: 'N',
      doc: 'End after N minutes without a window and without running work; 60 by default, 0 for never.',
    },
  },
  examples: ['serve my.loom', 'serve --browse /data --browse /mnt/photos', 'serve --no-open --port 8123'],
  async run({ arguments: [path], options }) {
    // The page's side of the program is large, and no other command needs it.
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
