/**
 * `npm start`: the desktop app if Electron is installed or can be downloaded, else the same app in the browser.
 * Never imports `electron`: in plain Node its module starts a download automatically.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..')
const usage = `Usage: npm start -- [project.loom] [options]

  --shell=auto|electron|browser   desktop window, browser tab, or the first available (auto, default)
  --browse DIR                    in the browser: a folder to allow besides your home folder; can be repeated
  --no-open                       in the browser: print the link only
  --port N                        in the browser: port on 127.0.0.1
  --idle-minutes N                in the browser: exit after N minutes with no window and no running work`

/** Timeout for the download of Electron, in ms. */
const FETCH_LIMIT = 180_000
/** An Electron that exits with an error within this many ms never showed a window. */
const EARLY = 10_000

const options = readOptions(process.argv.slice(2))
ensureBuilt()
const obstacle = options.shell === 'browser' ? 'as you asked' : electronObstacle(options.shell === 'electron')
if (obstacle === undefined) {
  const { code, early } = await runElectron(options.paths)
  if (!early || options.shell === 'electron') process.exit(code)
  await runServer(`Electron exited immediately (code ${code})`)
} else if (options.shell === 'electron') {
  console.error(`The desktop window cannot be opened: ${obstacle}.`)
  process.exit(1)
} else {
  await runServer(obstacle)
}

function readOptions(parameters) {
  if (parameters.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  const choice = parameters.find((parameter) => parameter.startsWith('--shell='))
  const shell = choice?.slice('--shell='.length) ?? 'auto'
  if (!['auto', 'electron', 'browser'].includes(shell)) {
    console.error(`--shell must be auto, electron or browser; received: ${shell}\n\n${usage}`)
    process.exit(2)
  }
  const rest = parameters.filter((parameter) => parameter !== choice)
  const isValue = (index) => /^--(port|idle-minutes|browse)$/.test(rest[index - 1] ?? '')
  const isPath = (index) => !rest[index].startsWith('-') && !isValue(index)
  // The app runs from its own folder, so paths have to be absolute.
  const absolute = (parameter, index) => {
    if (isPath(index) || rest[index - 1] === '--browse') return resolve(parameter)
    return parameter.startsWith('--browse=') ? `--browse=${resolve(parameter.slice('--browse='.length))}` : parameter
  }
  return {
    shell,
    paths: rest.filter((_, index) => isPath(index)).map((path) => resolve(path)),
    rest: rest.map(absolute),
  }
}

/** Builds if there is no build or a source is newer. */
function ensureBuilt() {
  const products = ['out/main/index.js', 'out/main/server.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map(
    (path) => join(root, path),
  )
  const sources = [
    'src-core',
    'src-main',
    'src-preload',
    'src-renderer',
    'electron.vite.config.ts',
    'package.json',
  ].map((path) => join(root, path))
  const built = Math.min(...products.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)))
  if (built > 0 && !sources.some((path) => existsSync(path) && isNewer(path, built))) return
  console.log('Building…')
  const tool = join(
    dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
    'bin',
    'electron-vite.js',
  )
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status === 0) return
  console.error(`${stdout}${stderr}`)
  process.exit(1)
}

function isNewer(path, time) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs > time
  return readdirSync(path).some((name) => isNewer(join(path, name), time))
}

/** Why there is no desktop window, or undefined. A missing Electron is downloaded once. */
function electronObstacle(insisted) {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
    if (!insisted && process.getuid?.() === 0) return 'Electron does not run as root'
  }
  if (electronBinary() !== undefined) return undefined
  if (process.env.CI) return 'Electron is not installed, and is not fetched in CI'
  return fetchElectron(insisted)
}

function electronFolder() {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
}

function electronBinary() {
  const pathFile = join(electronFolder(), 'path.txt')
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : (names[process.platform] ?? 'electron')
  const file = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronFolder(), 'dist'), name)
  return existsSync(file) ? file : undefined
}

/** Tries once per version: if the download is blocked, every start would otherwise wait for it again. */
function fetchElectron(insisted) {
  const { version } = JSON.parse(readFileSync(join(electronFolder(), 'package.json'), 'utf8'))
  const marker = join(root, 'node_modules', '.cache', 'layerloom', `electron-${version}-not-fetched`)
  if (existsSync(marker) && !insisted)
    return 'an earlier download of Electron failed (retry with npm start -- --shell=electron)'
  console.log('Fetching Electron, once (about 110 MB)…')
  const { status, error, stderr } = spawnSync(process.execPath, [join(electronFolder(), 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: FETCH_LIMIT,
  })
  if (status === 0 && electronBinary() !== undefined) return undefined
  mkdirSync(dirname(marker), { recursive: true })
  writeFileSync(marker, '')
  const cause = /\b(?:cause: |Error: )(.*)/.exec(stderr)?.[1] ?? stderr.trim().split('\n')[0]
  return `Electron cannot be fetched (${error?.code === 'ETIMEDOUT' ? 'it took too long' : cause || `code ${status}`})`
}

/** Resolves when the app has exited. */
function runElectron(paths) {
  const started = Date.now()
  const child = spawn(electronBinary(), [root, ...paths], { cwd: root, stdio: 'inherit' })
  return new Promise((done) => {
    child.on('error', () => done({ code: 1, early: true }))
    child.on('exit', (code) => done({ code: code ?? 1, early: code !== 0 && Date.now() - started < EARLY }))
  })
}

async function runServer(reason) {
  console.log(`Opening in the browser: ${reason}.`)
  const { main } = await import(pathToFileURL(join(root, 'out', 'main', 'server.js')).href)
  process.exit(await main(options.rest))
}
