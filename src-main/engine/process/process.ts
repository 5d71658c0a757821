/** Entry of the engine process. It is a child of the app, of the server or of the command line, and ends when they do. */

// Ctrl-C in a terminal, its closing, and a signal to the group reach all processes. What is to be done about it the parent
// decides: it asks the run to stop, which it could not of an engine that died first. Without a parent the channel closes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const [{ serveParent: serve }, { startWatchdog }] = await Promise.all([
  import('./serve'),
  import('../watchdog/watchdog'),
])
startWatchdog()
serve()

export {}
