/** Starts the engine as a utility process: in a packaged app, Electron's binary does not run as plain Node. */
import { utilityProcess } from 'electron'
import type { EngineChild, Launcher } from '../engine/host/launcher'
import type { FromEngine } from '../engine/messages'

/** Name of the process in the task manager and in crash reports. */
const SERVICE = 'Layerloom engine'
const LAST_WORDS = 4000

/** @param entry the built engine, out/main/engine.js; it communicates over `process.parentPort` here */
export function utilityLauncher(entry: string): Launcher {
  return { start: () => startEngine(entry) }
}

function startEngine(entry: string): EngineChild {
  const child = utilityProcess.fork(entry, [], { serviceName: SERVICE, stdio: ['ignore', 'ignore', 'pipe'] })
  let lastWords = ''
  child.stderr?.on('data', (text: Buffer) => (lastWords = (lastWords + text.toString()).slice(-LAST_WORDS)))
  return {
    get pid() {
      return child.pid
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) =>
      void child.once('exit', (code) => listener({ code, signal: null, lastWords: lastWords.trim() })),
    // A utility process has no channel to close. When the app quits, Electron ends it, as this does.
    disconnect: () => void child.kill(),
    // `child.kill` sends SIGTERM, which has no effect during a hanging native call.
    kill: () => void (child.pid === undefined ? child.kill() : process.kill(child.pid, 'SIGKILL')),
    // The app lives as long as its window, regardless of child processes.
    hold: () => undefined,
  }
}
