/**
 * `npm run check:memory`: verifies that the memory of importing and training depends on the batch and not on the
 * dataset. Trains the same project
 * on a table of 100,000 and of 1,000,000 rows, and on folders of 10,000 and of 100,000 images, with the built command
 * line, and
 * prints the peak of the summed resident memory of all its processes. Fails if ten times the data needs more than 1.5
 * times the memory.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import sharp from 'sharp'
import { formatBytes, formatCount } from '../src-main/cli/view/numbers'
import { formatTable } from '../src-main/cli/view/table'

/** MiB of samples kept in memory; more are read from disk. */
const HELD = 32
const FACTOR = 10
/** Maximum memory for the large dataset, relative to the small one. */
const MOST = 1.5

/** The table's columns besides the label; the images' classes, width and height, and how many differ. */
const COLUMNS = 12
const CLASSES = 10
const SIZE = 32
const DIFFERENT = 500

const cli = resolve(import.meta.dirname, '../out/main/cli.js')
if (!existsSync(cli)) throw new Error('Build first: npm run build')
if (process.platform === 'win32')
  throw new Error('The memory of a tree of processes is read with ps, which Windows lacks.')

const work = await mkdtemp(join(tmpdir(), 'layerloom-memory-'))
const rows: string[][] = []
let failed = false
try {
  await compare('rows of a table', 100_000, makeTable)
  await compare('image files', 10_000, makeImages)
} finally {
  await rm(work, { recursive: true, force: true })
}
const titles = ['data', 'count', 'on disk', 'seconds', 'peak memory']
const columns = titles.map((title, i) => ({ title, align: i < 1 ? ('left' as const) : ('right' as const) }))
console.log(formatTable(columns, rows).join('\n'))
console.log(failed ? '\nMemory grows with the data.' : '\nTen times the data, the same memory.')
process.exitCode = failed ? 1 : 0

async function compare(name: string, count: number, make: (count: number, folder: string) => Promise<object>) {
  const peaks: number[] = []
  for (const size of [count, count * FACTOR]) {
    const folder = join(work, `${name} ${size}`)
    await mkdir(folder)
    const project = join(folder, 'project.loom')
    await writeFile(project, JSON.stringify(await make(size, folder)))
    const { peak, seconds } = await trainWatched(project)
    peaks.push(peak)
    const bytes = Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t')[0]) * 1024
    rows.push([name, formatCount(size), formatBytes(bytes), seconds.toFixed(0), formatBytes(peak)])
    await rm(folder, { recursive: true, force: true })
  }
  failed ||= peaks[1]! > MOST * peaks[0]!
}

/** Trains for one epoch with a separate cache. */
async function trainWatched(project: string): Promise<{ peak: number; seconds: number }> {
  const begin = performance.now()
  const environment = {
    ...process.env,
    LAYERLOOM_CACHE: join(work, 'cache'),
    LAYERLOOM_SAMPLE_MEMORY: String(HELD),
  }
  const child = spawn(process.execPath, [cli, 'train', project, '--out', join(work, 'run'), '--json'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(child.pid!))), 50)
  const code = await new Promise<number | null>((done) => child.on('exit', done))
  clearInterval(timer)
  if (code !== 0) throw new Error(`training ended with ${code}`)
  for (const name of ['cache', 'run']) await rm(join(work, name), { recursive: true, force: true })
  return { peak, seconds: (performance.now() - begin) / 1000 }
}

/** Of a process and all its descendants. */
function residentBytes(root: number): number {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n')
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number])
  const family = new Set([root])
  for (let before = 0; before < family.size;) {
    before = family.size
    for (const [id, parent] of processes) if (family.has(parent)) family.add(id)
  }
  return processes.reduce((sum, [id, , rss]) => sum + (family.has(id) ? rss * 1024 : 0), 0)
}

async function makeTable(count: number, folder: string): Promise<object> {
  const stream = createWriteStream(join(folder, 'rows.csv'))
  stream.write(`${Array.from({ length: COLUMNS }, (_, i) => `c${i}`).join()},answer\n`)
  for (let i = 0; i < count; i++) {
    const cells = Array.from({ length: COLUMNS }, (_, c) => (Math.sin(i * (c + 1)) * 10).toFixed(3))
    if (!stream.write(`${cells.join()},${Math.sin(i) > 0 ? 'yes' : 'no'}\n`)) await once(stream, 'drain')
  }
  await finished(stream.end())
  return projectOn({ kind: 'table', path: 'rows.csv', label: 'answer', columns: [] }, [{ kind: 'standardize' }], false)
}

/** A few distinct files under many names. */
async function makeImages(count: number, folder: string): Promise<object> {
  for (let label = 0; label < CLASSES; label++)
    await mkdir(join(folder, 'images', `class ${label}`), { recursive: true })
  const place = (i: number) => join(folder, 'images', `class ${i % CLASSES}`, `${i}.jpg`)
  for (let i = 0; i < count; i++) {
    if (i >= DIFFERENT) {
      await link(place(i % DIFFERENT), place(i))
      continue
    }
    const data = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, k) => (k * 7 + i * 31 + (i % CLASSES) * 20) % 256)
    await sharp(data, { raw: { width: SIZE, height: SIZE, channels: 3 } })
      .jpeg()
      .toFile(place(i))
  }
  const size = { kind: 'resize', size: [SIZE, SIZE], mode: 'stretch' }
  return projectOn({ kind: 'image-folder', path: 'images' }, [size], true)
}

/** A small perceptron. */
function projectOn(source: object, preprocess: readonly object[], flatten: boolean): object {
  const kinds = ['input', ...(flatten ? ['flatten'] : []), 'linear', 'output']
  const nodes = kinds.map((kind, i) => ({
    id: kind,
    kind,
    position: [0, 90 * i],
    ...(kind === 'linear' && { params: { outFeatures: flatten ? CLASSES : 2 } }),
  }))
  const edges = kinds.slice(1).map((to, i) => ({ from: kinds[i], to, port: 'x' }))
  return {
    format: 'layerloom',
    version: 1,
    name: 'memory',
    task: 'classification',
    data: { source, split: { validation: 0.1, test: 0.1, stratify: true, seed: 0 }, preprocess },
    graph: { nodes, edges },
    training: { epochs: 1, batchSize: 64 },
  }
}
