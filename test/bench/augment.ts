/**
 * `npm run bench:augment`: samples per second that are flipped, cropped and rotated, compared to torchvision if
 * /usr/bin/python3 has it: on tensors, and on Pillow images in the processes of a DataLoader. All sides take turns in
 * one run with equal
 * threads or processes, because the speed of a machine varies by the minute.
 * Options: --threads N, --rounds N.
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { formatBytes, formatCount } from '../../src-main/cli/view/numbers'
import { formatTable } from '../../src-main/cli/view/table'
import { physicalCores } from '../../src-main/machine/cores'
import { startContestant, type Contestant } from './contestant'
import { median } from './median'

const PYTHON = '/usr/bin/python3'
/** Milliseconds per turn. */
const TURN = 400
const WARM_UP = 3
/** What `docs/performance.md` promises. */
const TARGET = 2

const tasks = [
  { name: '28×28 gray', size: 28, channels: 1, batch: 64, interpolation: 'nearest' },
  { name: '28×28 gray', size: 28, channels: 1, batch: 64, interpolation: 'bilinear' },
  { name: '224×224 RGB', size: 224, channels: 3, batch: 16, interpolation: 'nearest' },
  { name: '224×224 RGB', size: 224, channels: 3, batch: 16, interpolation: 'bilinear' },
]
type Task = (typeof tasks)[number]

interface Measured {
  /** Samples per second, by turn. */
  readonly rates: number[]
  peakBytes: number
}

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: String(physicalCores()) },
    rounds: { type: 'string', default: '10' },
  },
})
const threads = Number(values.threads)
const rounds = Number(values.rounds)

const torchvision = torchvisionVersion()
console.log(
  `flip, crop and rotation; ${threads} threads of ${availableParallelism()}, ${rounds} turns each; ${torchvision ? `torchvision ${torchvision}` : 'no torchvision here'}\n`,
)
const rows: string[][] = []
for (const task of tasks) rows.push(...(await race(task)))
const columns = ['images', 'rotation', 'by', 'samples/s best', 'median', 'Layerloom is', 'peak memory']
console.log(
  formatTable(
    columns.map((title, i) => ({ title, align: i < 3 ? 'left' : 'right' })),
    rows,
  ).join('\n'),
)

/** Runs all sides on one task, turn by turn. */
async function race(task: Task): Promise<string[][]> {
  const words = [task.size, task.channels, task.batch, threads, task.interpolation].map(String)
  const here = import.meta.dirname
  const ours = await startContestant(process.execPath, ['--import', 'tsx', resolve(here, 'augmentOurs.ts'), ...words])
  if (!ours) throw new Error('our side did not start')
  const theirs = torchvision === undefined ? [] : ['tensors', 'pillow']
  const started = theirs.map((form) => startContestant(PYTHON, [resolve(here, 'torch_augment.py'), ...words, form]))
  const sides = [ours, ...(await Promise.all(started))].flatMap((side) =>
    side ? [{ side, batches: 1, measured: newMeasured() }] : [],
  )
  for (let round = -WARM_UP; round < rounds; round++)
    for (const entry of sides) entry.batches = await turn(task, entry, round)
  for (const { side } of sides) side.close()
  return rowsOf(
    task,
    sides.map(({ measured }) => measured),
  )
}

function newMeasured(): Measured {
  return { rates: [], peakBytes: 0 }
}

/** One turn of one side; returns the number of batches for the next. */
async function turn(
  { batch }: Task,
  { side, batches, measured }: { side: Contestant; batches: number; measured: Measured },
  round: number,
): Promise<number> {
  const { milliseconds, peakBytes } = await side.take(batches)
  measured.peakBytes = peakBytes
  if (round >= 0) measured.rates.push((batches * batch * 1000) / milliseconds)
  await new Promise((done) => setTimeout(done, 50))
  return round < 0 ? Math.max(1, Math.round((TURN * batches) / milliseconds)) : batches
}

function rowsOf({ name, interpolation }: Task, [ours, ...theirs]: readonly Measured[]): string[][] {
  const row = (by: string, { rates, peakBytes }: Measured, times: string) => [
    name,
    interpolation,
    by,
    formatCount(Math.round(Math.max(...rates))),
    formatCount(Math.round(median(rates))),
    times,
    formatBytes(peakBytes),
  ]
  const against = ['torchvision, tensors', 'torchvision, Pillow']
  return [
    row('Layerloom', ours!, ''),
    ...theirs.map((measured, i) => row(against[i]!, measured, ratioOf(ours!, measured))),
  ]
}

function ratioOf(ours: Measured, theirs: Measured): string {
  const ratio = median(ours.rates) / median(theirs.rates)
  return `${ratio.toFixed(1)}× (target ${TARGET}× ${ratio >= TARGET ? 'met' : 'missed'})`
}

function torchvisionVersion(): string | undefined {
  const code = 'import torchvision; print(torchvision.__version__)'
  const { status, stdout } = spawnSync(PYTHON, ['-c', code], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
