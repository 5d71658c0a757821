/** Run records, and a host that serves them over ports in memory. */
import { implement, ORPCError } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { createClient, type Client } from '#core/rpc/client'
import { contract } from '#core/rpc/contract/index'
import type { RunRecordView, RunSummary } from '#core/rpc/contract/run'
import type { EpochEvent, PlanEvent } from '#core/runs/events'
import { portServer } from '../../../src-main/rpc/portServer'
import { digitsProject, soundLines } from '../../core/compiler/networks'
import { portPair } from '../../main/rpc/portPair'

/** The project of the runs. */
export const trained = { ...digitsProject(soundLines), id: 'the-digits-1' }

function summaryOf(run: string, change: Partial<RunSummary> = {}): RunSummary {
  return {
    run,
    document: trained.id,
    name: trained.name,
    state: 'completed',
    startedAt: '2026-03-01T04:05:09.000Z',
    seconds: 62,
    best: { epoch: 2, train: { loss: 0.2, accuracy: 0.94 }, validation: { loss: 0.25, accuracy: 0.92 } },
    epochsDone: 2,
    epochsPlanned: 4,
    unfinished: null,
    task: 'classification',
    images: true,
    training: trained.training,
    device: 'cpu',
    parameters: 108_330,
    ...change,
  }
}

const epochOf = (epoch: number): EpochEvent => ({
  event: 'epoch',
  epoch,
  step: 10 * epoch,
  train: { loss: 0.4 / epoch, accuracy: 0.9 + epoch / 50 },
  validation: { loss: 0.5 / epoch, accuracy: 0.88 + epoch / 50 },
  learningRate: 0.001,
  seconds: 31,
  best: true,
})

const planOf = (run: string): PlanEvent => ({
  event: 'start',
  run,
  name: trained.name,
  device: 'cpu',
  threads: 1,
  epochs: 4,
  batchSize: 64,
  stepsPerEpoch: 10,
  samples: { train: 640, validation: 64, test: 64 },
  parameters: 108_330,
  seed: 0,
  loss: 'cross-entropy',
  optimizer: { kind: 'adam' },
  learningRate: 0.001,
  schedule: { kind: 'constant' },
  metrics: ['accuracy'],
})

/** A run with two of four planned epochs, ten steps each. */
export function recordOf(
  run: string,
  summary: Partial<RunSummary> = {},
  change: Partial<RunRecordView> = {},
): RunRecordView {
  const steps = Array.from({ length: 20 }, (_, step) => step + 1)
  return {
    summary: summaryOf(run, summary),
    project: trained,
    plan: planOf(run),
    epochs: [epochOf(1), epochOf(2)],
    steps: {
      stride: 1,
      step: Float32Array.from(steps),
      loss: Float32Array.from(steps, (step) => 1 / step),
      metric: Float32Array.from(steps, (step) => 1 - 1 / step),
      open: { count: 0, step: 0, loss: 0, metric: 0 },
    },
    latest: null,
    end: null,
    test: null,
    ...change,
  }
}

interface RunHost {
  readonly client: Client
  /** Requests that change a run, in order, such as `pause first`. */
  readonly asked: string[]
  /** While set, `list` fails. */
  broken: boolean
}

/** A host with these runs; the first that is training, paused or stopping is the active one. */
export function startRunHost(
  records: readonly RunRecordView[],
  damaged: { run: string; reason: string }[] = [],
): RunHost {
  const asked: string[] = []
  const removed = new Set<string>()
  const { run: os } = implement(contract)
  const note = (what: string, run: string) => void asked.push(`${what} ${run}`)
  const live = records.find(({ summary }) => ['training', 'paused', 'stopping'].includes(summary.state))
  const [near, far] = portPair()
  const host: RunHost = { client: createClient(near), asked, broken: false }
  const run = {
    list: os.list.handler(() => {
      if (host.broken) throw new ORPCError('PROBLEM', { status: 422, data: { problems: [unreadable] } })
      const runs = records.map(({ summary }) => summary).filter(({ run: id }) => !removed.has(id))
      return { runs, damaged }
    }),
    open: os.open.handler(({ input }) => records.find(({ summary }) => summary.run === input.run)!),
    devices: os.devices.handler(() => []),
    watch: os.watch.handler(async function* ({ signal }) {
      if (live !== undefined) yield { type: 'record' as const, record: live }
      await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    }),
    start: os.start.handler(({ input }) => {
      note('start', input.project.name)
      return { run: 'new' }
    }),
    pause: os.pause.handler(({ input }) => note('pause', input.run)),
    resume: os.resume.handler(({ input }) => note('resume', input.run)),
    stop: os.stop.handler(({ input }) => note('stop', input.run)),
    continue: os.continue.handler(({ input }) => note(input.force === true ? 'take over' : 'continue', input.run)),
    remove: os.remove.handler(({ input }) => {
      note('remove', input.run)
      removed.add(input.run)
    }),
    restore: os.restore.handler(({ input }) => {
      note('restore', input.run)
      removed.delete(input.run)
    }),
  }
  portServer({ run })(far, {})
  onTestFinished(() => near.close())
  return host
}

const unreadable = {
  code: 'run-missing',
  severity: 'error',
  place: {},
  message: 'The folder of the runs is gone.',
  fix: 'Bring it back.',
}
