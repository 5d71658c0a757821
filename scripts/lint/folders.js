/**
 * The architecture as tables: which folder may import which. The linter applies them while editing, test/structure to
 * the whole
 * tree, and docs/architecture.md shows the same order.
 */
import { posix } from 'node:path'

/**
 * What each side may import of the others.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const sides = {
  'src-core': [],
  'src-main': ['src-core'],
  'src-renderer': ['src-core'],
  'src-preload': [],
}

/**
 * Folders, and files next to them, bottom-up: each may import itself and those before it in one of the lists. A file
 * that is in no list is an entry point: it may import all of them, and none of them imports it.
 * @type {Readonly<Record<string, readonly (readonly string[])[]>>}
 */
export const folderOrder = {
  'src-core': [
    [
      'base',
      'tensor',
      'problems',
      'params',
      'onnx',
      'initializers',
      'layers',
      'losses',
      'optimizers',
      'schedules',
      'metrics',
      'data',
      'text',
      'pretransforms',
      'transforms',
      'graph',
      'autodiff',
      'compiler',
      'advice',
      'runs',
      'rpc',
    ],
  ],
  'src-main': [
    [
      'machine',
      'disk',
      'data',
      'runs',
      'models',
      'project',
      'desktop',
      'engine',
      'inference',
      'training',
      'rpc',
      'server',
      'window',
      'cli',
    ],
  ],
  // Two processes that share only their messages: the host starts the other one.
  'src-main/engine': [
    ['messages', 'host'],
    ['messages', 'device', 'evaluation', 'export', 'watchdog', 'training', 'calls', 'process'],
  ],
  'src-renderer': [
    [
      'i18n',
      'ui',
      'commands',
      'frame',
      'plots',
      'stores',
      'host',
      'help',
      'params',
      'start',
      'editor',
      'project',
      'data',
      'run',
      'runs',
      'training',
      'augment',
      'inference',
      'app',
      'gallery',
    ],
  ],
}

/**
 * What other folders may import from a folder that is otherwise closed.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const doors = {
  'src-main/engine': ['messages', 'host'],
}

/**
 * Why a file may not import another, or undefined if it may.
 * @param {string} from path of the file from the root of the repository
 * @param {string} to path of the imported file
 * @returns {string | undefined}
 */
export function forbiddenImport(from, to) {
  const [side, otherSide] = [sideOf(from), sideOf(to)]
  if (side === undefined || otherSide === undefined) return undefined
  const reachable = sides[side] ?? []
  if (side !== otherSide && !reachable.includes(otherSide))
    return `${side} may import ${reachable.join(', ') || 'no other side'}.`
  for (const [root, open] of Object.entries(doors))
    if (to.startsWith(`${root}/`) && !from.startsWith(`${root}/`) && !open.includes(nameIn(root, to)))
      return `Outside ${root} only its ${open.join(' and ')} may be imported.`
  for (const [root, lists] of Object.entries(folderOrder)) {
    if (!from.startsWith(`${root}/`) || !to.startsWith(`${root}/`)) continue
    const reason = forbiddenIn(root, lists, from, to)
    if (reason !== undefined) return reason
  }
  return undefined
}

/**
 * @param {string} root @param {readonly (readonly string[])[]} lists @param {string} from @param {string} to
 * @returns {string | undefined}
 */
function forbiddenIn(root, lists, from, to) {
  const [name, other] = [nameIn(root, from), nameIn(root, to)]
  if (name === other) return undefined
  const listed = lists.filter((list) => list.includes(name))
  if (!lists.some((list) => list.includes(other)))
    return `${root}/${other} is an entry point, or missing in scripts/lint/folders.js.`
  if (listed.length === 0)
    return posix.dirname(from) === root ? undefined : `${root}/${name} is missing in scripts/lint/folders.js.`
  const allowed = [...new Set(listed.flatMap((list) => list.slice(0, list.indexOf(name))))]
  if (allowed.includes(other)) return undefined
  return `${name} may import ${allowed.join(', ') || `nothing else of ${root}`}.`
}

/** @param {string} path */
function sideOf(path) {
  return Object.keys(sides).find((side) => path.startsWith(`${side}/`))
}

/**
 * The folder, or the file without its extension, directly below `root` on a path. @param {string} root @param {string}
 * path
 */
function nameIn(root, path) {
  const [first = ''] = path.slice(root.length + 1).split('/')
  return first.replace(/\.\w+$/, '')
}

/**
 * The path of a specifier, from the root of the repository and possibly without its extension; undefined for packages.
 * @param {string} from path of the importing file
 * @param {string} specifier as written
 * @returns {string | undefined}
 */
export function importedPath(from, specifier) {
  const path = specifier.replace(/\?.*$/, '')
  if (path.startsWith('#core/')) return `src-core/${path.slice('#core/'.length)}`
  return path.startsWith('.') ? posix.join(posix.dirname(from), path) : undefined
}
