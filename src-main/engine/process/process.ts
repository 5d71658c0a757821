/** Entry of the engine process: a child of the app, the server or the command line, which exits with its parent. */

// Ctrl-C in a terminal, closing it, and a signal to the group reach all processes. The parent handles them: it asks the
// run to stop, which would fail if the engine died first. Without a parent the channel closes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const [{ serveParent: serve }, { startWatchdog }] = await Promise.all([
  import('./serve'),
  import('../watchdog/watchdog'),
])
startWatchdog()
serve()

export {}
