/** The engine's watchdog, in separate processes: a child whose other thread no longer responds. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

const source = pathToFileURL(resolve(import.meta.dirname, '../../../../src-main/engine/watchdog/watchdog.ts')).href

/** Blocks its main thread forever, like a hanging native call. */
const child = `
const { startWatchdog } = await import(${JSON.stringify(source)})
startWatchdog()
console.log(process.pid)
setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))`

/** Its parent process, which is killed. */
const parent = `
const { spawn } = await import('node:child_process')
spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', ${JSON.stringify(child)}], { stdio: 'inherit' })`

it('ends a hanging process when its parent is gone, and not before', { timeout: 120_000 }, async () => {
  const started = spawn(process.execPath, ['--input-type=module', '-e', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const id = await new Promise<number>((found) => started.stdout.once('data', (text: Buffer) => found(Number(text))))
  expect(id).toBeGreaterThan(1)
  expect(isRunning(id)).toBe(true)
  started.kill('SIGKILL')
  await expect.poll(() => isRunning(id), { timeout: 60_000 }).toBe(false)
})

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}
