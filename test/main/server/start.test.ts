/** `npm start`, run as a program: the shell it opens and its output, with stand-ins for the Electron binary. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../rpc/hostFixture'
import { eventually } from '../../support/eventually'

const root = join(import.meta.dirname, '../../..')

async function start(parameters: string[], environment: Record<string, string> = {}) {
  const home = await temporaryFolder()
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...parameters], {
    cwd: home,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', CI: '1', LAYERLOOM_HOME: home, ...environment },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, home, ended, output: () => output }
}

/** A folder with a program in place of Electron's binary. */
async function electronThat(script: string): Promise<string> {
  const folder = await temporaryFolder()
  const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Electron.app/Contents/MacOS/Electron' }
  const path = join(folder, names[process.platform] ?? 'electron')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return folder
}

const onLinux = it.runIf(process.platform === 'linux')

it('opens the browser shell with a one-line reason and a link, and exits cleanly on Ctrl-C', async () => {
  const { child, output, ended, home } = await start(['--shell=browser', '--no-open'])
  await eventually(() => expect(output()).toContain('Layerloom is ready'))
  const [reason, ready] = output()
    .trim()
    .split('\n')
    .filter((line) => line !== 'Building…')
  expect(reason).toBe('Opening in the browser: as you asked.')
  const link = /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(ready ?? '')?.[0]
  const page = await fetch(link!)
  expect(await page.text()).toContain('<div id="app">')
  expect(existsSync(join(home, 'server.lock'))).toBe(true)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(existsSync(join(home, 'server.lock'))).toBe(false)
})

onLinux('falls back to the browser where there is no display, and says so', async () => {
  const { output, child, ended } = await start(['--no-open', '--port', '0'])
  await eventually(() => expect(output()).toContain('Layerloom is ready'))
  expect(output()).toContain('Opening in the browser: there is no display.')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const insisted = await start(['--shell=electron'])
  expect(await insisted.ended).toBe(1)
  expect(insisted.output()).toBe('The desktop window cannot be opened: there is no display.\n')
})

onLinux('starts Electron on the app with the project as an absolute path, and ends as it ends', async () => {
  const log = join(await temporaryFolder(), 'log')
  const dist = await electronThat(`echo "$@" > ${log}; exit 7`)
  const environment = { DISPLAY: ':1', ELECTRON_OVERRIDE_DIST_PATH: dist }
  const { ended, home } = await start(['--shell=electron', 'net.loom'], environment)
  expect(await ended).toBe(7)
  expect(await readFile(log, 'utf8')).toBe(`${root} ${join(home, 'net.loom')}\n`)
})

onLinux('falls back to the browser when Electron ends before it could show anything', async (context) => {
  if (process.getuid?.() === 0) context.skip('as root, Electron is not even tried')
  const dist = await electronThat('exit 127')
  const { output } = await start(['--no-open'], { DISPLAY: ':1', ELECTRON_OVERRIDE_DIST_PATH: dist })
  await eventually(() => expect(output()).toContain('Layerloom is ready'))
  expect(output()).toContain('Opening in the browser: Electron exited immediately (code 127).')
})

onLinux('fetches no Electron in CI, and elsewhere once for each version', async () => {
  const nothing = await temporaryFolder()
  const environment = {
    DISPLAY: ':1',
    ELECTRON_OVERRIDE_DIST_PATH: nothing,
    ELECTRON_MIRROR: 'http://127.0.0.1:9/',
    electron_config_cache: nothing,
  }
  const inCi = await start(['--shell=electron'], environment)
  expect(await inCi.ended).toBe(1)
  expect(inCi.output()).toContain('Electron is not installed, and is not fetched in CI')
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
  const marker = join(root, 'node_modules', '.cache', 'layerloom', `electron-${version}-not-fetched`)
  const hadMarker = existsSync(marker)
  const offline = await start(['--shell=electron'], { ...environment, CI: '' })
  expect(await offline.ended).toBe(1)
  expect(offline.output()).toMatch(/Electron cannot be fetched \(.+\)\.\n$/)
  expect(existsSync(marker)).toBe(true)
  if (!hadMarker) await rm(marker)
})

it('rejects a shell that does not exist', async () => {
  const { ended, output } = await start(['--shell=window'])
  expect(await ended).toBe(2)
  expect(output()).toContain('--shell must be auto, electron or browser; received: window')
})
