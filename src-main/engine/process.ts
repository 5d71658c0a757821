/** Entry of the engine process. It is a child of the app, of the server or of the command line, and ends when they do. */

// Ctrl-C in a terminal reaches all its processes; what is to be done about it the parent decides.
process.on('SIGINT', () => undefined)

const { serve } = await import('./serve')
serve()

export {}
