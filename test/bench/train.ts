/**
 * `npm run bench:train`: the time of a training step, compared to the same step in PyTorch if /usr/bin/python3 has it.
 * Both take turns every half second in one run with equal threads, because the speed of a machine varies by the minute.
 * Options: --threads N, --rounds N, --project NAME, --profile (time by operator instead).
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { physicalCores } from '../../src-main/machine/cores'
import { formatBytes, formatCount } from '../../src-main/cli/view/numbers'
import { formatTable } from '../../src-main/cli/view/table'
import { startContestant } from './contestant'
import { median } from './median'
import { printProfile } from './profile'

const PYTHON = '/usr/bin/python3'
const BATCH = 64
/** Milliseconds per turn. */
const TURN = 500
const WARM_UP = 3
/** What `docs/performance.md` promises. */
const targets: Readonly<Record<string, number>> = { 'mnist-mlp': 4, 'mnist-cnn': 3, 'resnet-tiny': 1.3 }

interface Measured {
  /** Milliseconds per step, by turn. */
  readonly steps: readonly number[]
  readonly peakBytes: number
}

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: String(physicalCores()) },
    rounds: { type: 'string', default: '12' },
    project: { type: 'string', multiple: true, default: Object.keys(targets) },
    profile: { type: 'boolean', default: false },
  },
})
const threads = Number(values.threads)

if (values.profile) for (const project of values.project) await printProfile(project, threads)
else await compare(values.project, Number(values.rounds))

async function compare(projects: readonly string[], rounds: number): Promise<void> {
  const torch = torchVersion()
  console.log(
    `${threads} threads of ${availableParallelism()}, batch ${BATCH}, ${rounds} turns each; ${torch ? `PyTorch ${torch}` : 'no PyTorch here'}\n`,
  )
  const rows: string[][] = []
  for (const project of projects) {
    const [ours, theirs] = await race(project, rounds, torch !== undefined)
    rows.push(row(project, 'Layerloom', ours!))
    if (!theirs) continue
    const ratio = median(theirs.steps) / median(ours!.steps)
    const target = targets[project]!
    rows.push(row(project, 'PyTorch', theirs))
    rows.push([
      project,
      'ratio',
      `${(min(theirs.steps) / min(ours!.steps)).toFixed(2)}×`,
      `${ratio.toFixed(2)}×`,
      '',
      `target ${target}× ${ratio >= target ? 'met' : 'missed'}`,
    ])
  }
  const columns = ['project', 'by', 'ms/step min', 'median', 'samples/s', 'peak memory']
  console.log(
    formatTable(
      columns.map((title, i) => ({ title, align: i < 2 ? 'left' : 'right' })),
      rows,
    ).join('\n'),
  )
}

/** Runs both sides on one project, turn by turn; the second is absent without PyTorch. */
async function race(project: string, rounds: number, withTorch: boolean): Promise<(Measured | undefined)[]> {
  const here = import.meta.dirname
  const ours = await startContestant(process.execPath, [
    '--import',
    'tsx',
    resolve(here, 'ours.ts'),
    project,
    String(threads),
  ])
  const theirs = withTorch
    ? await startContestant(PYTHON, [resolve(here, 'torch_loop.py'), project, String(threads), String(BATCH)])
    : undefined
  if (!ours) throw new Error(`${project} could not be opened`)
  const sides = [ours, theirs].map((side) => side && { side, steps: 1, times: [] as number[], peakBytes: 0 })
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const entry of sides) {
      if (!entry) continue
      const { milliseconds, peakBytes } = await entry.side.take(entry.steps)
      entry.peakBytes = peakBytes
      if (round >= 0) entry.times.push(milliseconds / entry.steps)
      else entry.steps = Math.max(1, Math.round((TURN * entry.steps) / milliseconds))
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  ours.close()
  theirs?.close()
  return sides.map((entry) => entry && { steps: entry.times, peakBytes: entry.peakBytes })
}

function torchVersion(): string | undefined {
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function row(project: string, by: string, { steps, peakBytes }: Measured): string[] {
  const middle = median(steps)
  return [
    project,
    by,
    min(steps).toFixed(2),
    middle.toFixed(2),
    formatCount((BATCH * 1000) / middle),
    formatBytes(peakBytes),
  ]
}

function min(values: readonly number[]): number {
  return Math.min(...values)
}
