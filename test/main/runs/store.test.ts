/** Run folders: their content is complete or absent, no matter what happens during writing. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { folderName, listRuns, openRun, projectFolderOf, readMetrics, RunFolder, storedProjectFolder } from '../../../src-main/runs/store'
import { thisProcess, type ProcessIdentity } from '../../../src-main/machine/processIdentity'
import { signOfLife } from '../../../src-main/runs/signOfLife'
import { projectsFolder, sampleProject, train } from '../engine/training/trainHere'
import { eventually } from '../../support/eventually'
import { problemsOf, temporaryFolder } from '../data/temporaryFolder'

describe('a run folder', () => {
  it('is named after time and project, with names valid on every system', () => {
    const time = new Date(2026, 2, 1, 4, 5, 9)
    expect(folderName('MNIST CNN', time)).toBe('2026-03-01 04-05-09 MNIST CNN')
    expect(folderName('cars: miles/gallon? <2>\n.', time)).toBe('2026-03-01 04-05-09 cars miles gallon 2')
    expect(folderName('../../etc', time)).toBe('2026-03-01 04-05-09 .. .. etc')
    expect(folderName('', time)).toBe('2026-03-01 04-05-09')
    expect(folderName('写'.repeat(100), time)).toHaveLength(20 + 60)
  })

  it('is created in “runs” next to the project, with a unique name', async () => {
    const { path } = await temporaryFolder()
    const [first, second] = [await RunFolder.create(path, 'a'), await RunFolder.create(path, 'a')]
    expect(first.path.startsWith(join(path, 'runs'))).toBe(true)
    await writeFile(first.file('run.json'), '{}')
    expect(second.path.startsWith(join(path, 'runs'))).toBe(true)
    expect(await problemsOf(RunFolder.create(path, 'a', first.path))).toMatchObject([
      { code: 'run-write', message: 'The folder holds a run already.' },
    ])
  })

  it('stores its project folder so that both can be moved together', () => {
    expect(storedProjectFolder('/home/me/p/runs/1', '/home/me/p')).toBe('../..')
    expect(storedProjectFolder('/home/me/p', '/home/me/p')).toBe('.')
    expect(storedProjectFolder('/tmp/out', '/home/me/p')).toBe('../../home/me/p')
  })

  it('cannot be created if a file is in the way', async () => {
    const place = await temporaryFolder()
    const file = await place.write('taken', 'x')
    const [problem] = await problemsOf(RunFolder.create('/', 'a', join(file, 'run')))
    expect(problem).toMatchObject({ code: 'run-write', received: 'ENOTDIR' })
  })
})

describe('a finished run', () => {
  let folder = ''
  let text = ''
  beforeAll(async () => {
    const parent = await mkdtemp(join(tmpdir(), 'layerloom-'))
    folder = join(parent, 'run')
    await train({ project: sampleProject('penguins', { epochs: 2 }), projectFolder: projectsFolder, out: folder })
    text = await readFile(join(folder, 'run.json'), 'utf8')
    return () => rm(parent, { recursive: true })
  })

  /** A copy of the run with a modified record. */
  async function copyWith(change: (record: Record<string, unknown>) => unknown): Promise<string> {
    const { path } = await temporaryFolder()
    const record = JSON.parse(text) as Record<string, unknown>
    await writeFile(join(path, 'run.json'), JSON.stringify(change(record) ?? record))
    return path
  }

  it('contains everything needed to understand it', async () => {
    const { record } = await openRun(folder)
    expect(record).toMatchObject({
      format: 'layerloom-run',
      name: 'Penguins',
      state: 'completed',
      seeds: { training: 0, split: 0 },
      device: 'cpu',
      data: { counts: { train: 223, validation: 69, test: 52 }, facts: { target: { kind: 'classes' } } },
      parameters: 211,
      progress: { epochs: 2, steps: 14 },
    })
    expect(record.versions.onnxruntime).toMatch(/^1\.\d+\.\d+$/)
    expect(record.data.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(record.project).toEqual(sampleProject('penguins', { epochs: 2 }))
    expect(projectFolderOf({ folder, record })).toBe(projectsFolder)
    expect(record.figures.validation!.accuracy).toBeGreaterThan(0.5)
  })

  it('is rejected if its record is damaged, from a newer version, or not a record', async () => {
    const codes = async (change: Parameters<typeof copyWith>[0]) => problemsOf(openRun(await copyWith(change)))
    expect(await codes(() => [])).toMatchObject([{ code: 'run-damaged' }])
    expect(await codes((record) => void delete record.data)).toMatchObject([{ code: 'run-damaged' }])
    expect(await codes((record) => void (record.project = { format: 'x' }))).toMatchObject([{ code: 'run-damaged' }])
    expect(await codes((record) => void (record.version = 99))).toMatchObject([
      { code: 'run-damaged', message: 'The run was written by a newer version of Layerloom.' },
    ])
    expect(await codes((record) => void (record.state = 'flying'))).toMatchObject([{ code: 'run-damaged' }])
    const place = await temporaryFolder()
    const { path } = place
    await place.write('run.json', text.slice(0, text.length / 2))
    expect(await problemsOf(openRun(path))).toMatchObject([{ code: 'run-damaged' }])
  })

  it('that ended between its checkpoint and its record is reported as of the checkpoint', async () => {
    const { record: ended } = await openRun(folder)
    expect(ended.progress).toEqual({ epochs: 2, steps: 14, bestEpoch: 2 })
    const path = await copyWith((record) => {
      const progress = { epochs: 1, steps: 7, bestEpoch: 1 }
      Object.assign(record, { state: 'running', progress, figures: {}, process: { ...thisProcess(), id: 2 ** 22 - 7 } })
    })
    for (const name of ['checkpoints', 'metrics.jsonl']) await cp(join(folder, name), join(path, name), { recursive: true })
    const { train, validation } = ended.figures
    const { record } = await openRun(path)
    expect(record).toMatchObject({ state: 'interrupted', progress: ended.progress })
    expect(record.figures).toEqual({ train, validation })
  })

  it('counts as interrupted if it says that it is running but its process is gone', async () => {
    const going = (process: Partial<ProcessIdentity>) =>
      copyWith((record) => void Object.assign(record, { state: 'running', process: { ...thisProcess(), ...process } }))
    const stateOf = async (process: Partial<ProcessIdentity>) => (await openRun(await going(process))).record.state
    expect(await stateOf({})).toBe('running')
    expect((await openRun(await going({ id: 2 ** 22 - 7 }))).record).toMatchObject({
      state: 'interrupted',
      // The folder has no checkpoint, so none is promised.
      problems: [{ code: 'engine-died', fix: 'Start it again; no checkpoint had been written yet.' }],
    })
    // The computer has been renamed; it is still the same process.
    expect(await stateOf({ host: 'renamed' })).toBe('running')
    if (process.platform !== 'linux') return
    // Dead but not reaped, as in a container whose first process never reaps.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] })
    onTestFinished(() => void parent.kill())
    const id = Number((await once(parent.stdout!, 'data')).toString())
    // A shell reaps; the process it has become does not.
    await eventually(() => expect(readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n'))
    ;(parent.stdio[3] as Writable).end()
    const ofProcess = () => readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ')
    await eventually(() => expect(ofProcess()[0]).toBe('Z'))
    expect(await stateOf({ id, started: ofProcess()[19]! })).toBe('interrupted')
    // The process id is in use again, by a process started at another time; or the system was restarted.
    expect(await stateOf({ started: '1' })).toBe('interrupted')
    const before = await going({ boot: '00000000-0000-0000-0000-000000000000 pid:[1]' })
    expect((await openRun(before)).record).toMatchObject({
      state: 'interrupted',
      problems: [{ message: 'The run was cut off: the computer was started anew.' }],
    })
  })

  it('on another computer counts as running as long as its heartbeat continues', async () => {
    const path = await copyWith((record) =>
      Object.assign(record, { state: 'running', process: { id: 1, host: 'elsewhere', boot: 'another', started: '1' } }),
    )
    expect((await openRun(path)).record.state).toBe('interrupted')
    RunFolder.at(path).begin()
    expect((await openRun(path)).record.state).toBe('running')
    const old = new Date(Date.now() - 600_000)
    await utimes(signOfLife(path), old, old)
    expect((await openRun(path)).record.state).toBe('interrupted')
  })

  it('is listed with its neighbors, newest first, and a damaged one reports its problem', async () => {
    const { path } = await temporaryFolder()
    const put = async (name: string, content: string) => {
      await mkdir(join(path, name))
      await writeFile(join(path, name, 'run.json'), content)
    }
    await put('a', text.replace(/"started": "[^"]*"/, '"started": "2026-01-01T00:00:00.000Z"'))
    await put('b', text.replace(/"started": "[^"]*"/, '"started": "2026-01-02T00:00:00.000Z"'))
    await put('c', '{"format"')
    await mkdir(join(path, 'not a run'))
    await mkdir(join(path, 'd', 'run.json'), { recursive: true })
    const runs = await listRuns(path)
    expect(runs.map((run) => [run.folder, run.record?.name, run.problems.length])).toEqual([
      [join(path, 'b'), 'Penguins', 0],
      [join(path, 'a'), 'Penguins', 0],
      [join(path, 'c'), undefined, 1],
      [join(path, 'd'), undefined, 1],
    ])
    expect(await listRuns(join(path, 'nowhere'))).toEqual([])
  })

  it('ignores a truncated line in its log', async () => {
    const place = await temporaryFolder()
    const { path } = place
    const whole = await readFile(join(folder, 'metrics.jsonl'), 'utf8')
    await place.write('metrics.jsonl', `${whole.slice(0, -20)}`)
    const [all, cut] = [await readMetrics(folder), await readMetrics(path)]
    expect(cut).toEqual(all.slice(0, -1))
    const damaged = '{"event":"step","epoch":1,"step":5}\n{"event":"epoch","epoch":1,"step":5,"train":null}\n'
    await place.write('metrics.jsonl', `garbage\n{"event":"other"}\n${damaged}${whole}`)
    expect(await readMetrics(path)).toEqual(all)
  })
})
