/** The engine as a separate process: requests and responses over the channel, and recovery when it dies. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import type { DataSource } from '#core/graph/dataSettings'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { RunEvent, StepEvent } from '#core/runs/events'
import { EngineHost, type TrainHandle } from '../../../../src-main/engine/host/host'
import { forkLauncher, type EngineChild, type Launcher } from '../../../../src-main/engine/host/launcher'
import type { DataReport } from '../../../../src-main/engine/messages'
import type { RunRecord } from '../../../../src-main/runs/record'
import { openRun, readLast } from '../../../../src-main/runs/store'
import { epochsOf, freshFolder, lossesOf, newRun, projectsFolder, sampleProject } from '../training/trainHere'

/** Launches real engine processes and keeps track of them. */
class RememberingLauncher implements Launcher {
  readonly children: EngineChild[] = []
  readonly #launcher = forkLauncher()
  start(): EngineChild {
    const child = this.#launcher.start()
    this.children.push(child)
    return child
  }
}

const launcher = new RememberingLauncher()
const host = new EngineHost(launcher)
afterAll(() => host.close())

async function collect(handle: TrainHandle, watch: (event: RunEvent) => void = () => undefined): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of handle.events) {
    events.push(event)
    watch(event)
  }
  return events
}

const recordOf = (run: string) => JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as RunRecord

const problemsOfRun = (handle: TrainHandle): Promise<readonly Problem[]> =>
  handle.finished.then(
    () => [],
    (error: unknown) => (error instanceof ProblemError ? error.problems : Promise.reject(error as Error)),
  )

describe('the engine process', () => {
  it('trains, reports everything in order and is reused for the next request', async () => {
    const job = newRun(sampleProject('mnist-mlp', { epochs: 2 }), 4000)
    const handle = host.train(job)
    const events = await collect(handle)
    expect(events.at(-1)).toEqual(await handle.finished)
    expect(lossesOf(events)).toHaveLength(2 * 63)
    expect(epochsOf(events)).toHaveLength(2)
    const started = launcher.children.length
    const report = await host.evaluate({ target: job.out, split: 'test' })
    expect(report.figures).toEqual((await handle.finished).test)
    expect(launcher.children).toHaveLength(started)
  })

  it('responds to a request while training', async () => {
    const handle = host.train(newRun(sampleProject('mnist-mlp', { epochs: 30 })))
    let asked: Promise<DataReport> | undefined
    const events = await collect(handle, (event) => {
      if (event.event !== 'step' || asked) return
      const { data, task } = sampleProject('penguins')
      asked = host.inspectData({ data, task, projectFolder: projectsFolder, preview: 3 })
      void asked.finally(() => handle.stop())
    })
    expect(events.at(-1)).toMatchObject({ event: 'finished', reason: 'stopped' })
    const report = (await asked)!
    expect(report.counts).toEqual({ train: 223, validation: 69, test: 52 })
    // Four numbers, three islands, two sexes.
    expect(report.sample).toEqual([9])
    expect(report.preview.samples).toBeInstanceOf(Float32Array)
    expect(report.preview.samples).toHaveLength(3 * report.facts.sample.shape[0]!)
  })

  it('stops in the middle of an epoch, after the current call', async () => {
    const handle = host.train(newRun(sampleProject('mnist-mlp', { epochs: 100 })))
    const events = await collect(handle, (event) => {
      if (event.event === 'step' && event.step > 200) handle.stop()
    })
    expect((await handle.finished).reason).toBe('stopped')
    const stopping = events.findIndex((event) => event.event === 'state' && event.state === 'stopping')
    expect(stopping).toBeGreaterThan(0)
    // What that call did, and what was queued before it, is one event.
    const after = events.slice(stopping).filter(({ event }) => event === 'step' || event === 'epoch')
    expect(after.map(({ event }) => event)).toEqual(after.length > 0 ? ['step'] : [])
  })

  it('reports problems of the project as such, without creating a folder', async () => {
    const project = sampleProject('penguins')
    const source: DataSource = { kind: 'table', path: 'nowhere.csv', label: 'x', columns: [] }
    const out = freshFolder()
    const handle = host.train({ project: { ...project, data: { ...project.data, source } }, projectFolder: '/', out })
    const events = await collect(handle)
    expect(events.at(-1)).toMatchObject({ event: 'error', code: 'data-missing' })
    expect(await problemsOfRun(handle)).toMatchObject([{ code: 'data-missing' }])
    expect(existsSync(out)).toBe(false)
  })

  it('lists the devices of this machine, always including the CPU', async () => {
    const devices = await host.devices()
    expect(devices.map(({ device }) => device)).toEqual(['cpu', 'webgpu', 'cuda', 'dml'])
    expect(devices[0]).toMatchObject({ available: true })
    for (const { available, detail } of devices) expect(detail.length, String(available)).toBeGreaterThan(5)
  })

  it('reports what is missing if an unusable device is requested by name', async () => {
    const device = process.platform === 'win32' ? 'cuda' : 'dml'
    const handle = host.train(newRun(sampleProject('penguins', { device })))
    const [problem] = await problemsOfRun(handle)
    expect(problem).toMatchObject({ code: 'device-unavailable', place: { param: 'training.device' } })
  })
})

describe('an engine process that is killed', () => {
  it('leaves a run marked as interrupted, with its last checkpoint, and the next request gets a new process', async () => {
    const job = newRun(sampleProject('mnist-mlp', { epochs: 200 }), 20_000)
    const handle = host.train(job)
    const checkpoint = join(job.out, 'checkpoints', 'last.safetensors')
    let last: StepEvent | undefined
    let killed = false
    const events = await collect(handle, (event) => {
      if (event.event === 'step') last = event
      if (!killed && existsSync(checkpoint)) {
        killed = true
        process.kill(recordOf(job.out).process.id, 'SIGKILL')
      }
    })
    const [problem] = await problemsOfRun(handle)
    expect(problem).toMatchObject({ code: 'engine-died', data: { signal: 'SIGKILL' } })
    expect(problem!.fix).toContain('last.safetensors')
    expect(events.at(-1)).toMatchObject({ event: 'error', code: 'engine-died', run: job.out })
    const { record } = await openRun(job.out)
    expect(record.state).toBe('interrupted')
    expect(record.problems).toMatchObject([{ code: 'engine-died' }])
    const { position } = await readLast(job.out)
    expect(position.step).toBeGreaterThan(0)
    expect(position.step).toBeLessThanOrEqual(last!.step + 2000)
    const resumed = host.train({ resume: job.out })
    const more = await collect(resumed, (event) => {
      if (event.event === 'step') resumed.stop()
    })
    expect(more.at(-1)).toMatchObject({ event: 'finished', reason: 'stopped' })
    expect(recordOf(job.out).state).toBe('stopped')
    // Nothing half-written is left behind.
    expect(readdirSync(join(job.out, 'checkpoints')).sort()).toEqual([
      'best.safetensors',
      'last.safetensors',
      'proof.safetensors',
    ])
  })

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by a %s to the group, before it can leave that to its parent, is replaced by one that gets the same request',
    async (signal) => {
      const starting = new RememberingLauncher()
      const own = new EngineHost(starting)
      onTestFinished(() => own.close())
      const handle = own.train(newRun(sampleProject('mnist-mlp', { epochs: 1000 })))
      handle.stop()
      process.kill(starting.children[0]!.pid!, signal)
      // It is stopped during preparation or, if that is already done, before its first step.
      const [problem] = await problemsOfRun(handle)
      expect(problem?.code ?? (await handle.finished).reason).toMatch(/^(run-interrupted|stopped)$/)
      expect(starting.children).toHaveLength(2)
    },
  )

  it('exits when its parent is gone', async () => {
    const child = forkLauncher().start()
    const ended = new Promise((resolve) => child.onExit(resolve))
    await new Promise<void>((resolve) => {
      child.onMessage(() => resolve())
      child.send({ call: 'devices', id: 1, input: null })
    })
    process.kill(child.pid!, 'SIGINT')
    const answered = new Promise((resolve) => child.onMessage(resolve))
    child.send({ call: 'devices', id: 2, input: null })
    expect(await answered).toMatchObject({ reply: 'result', id: 2 })
    child.disconnect()
    expect(await ended).toMatchObject({ code: 0, signal: null })
  })
})
