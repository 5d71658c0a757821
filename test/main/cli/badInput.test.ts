/**
 * Invalid projects and invalid data: each reports code, place, expected, received and fix, exits with 2, and writes
 * nothing.
 */
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../data/temporaryFolder'
import { idxBytes, idxHeader } from '../data/readers/idxBytes'
import { parseLines, theLine, type EventOf } from './eventSchemas'
import { CLI, runCli, sample } from './runCli'

interface Json {
  [key: string]: unknown
}
interface ProjectJson extends Json {
  data: { source: unknown; split: Json; preprocess: Json[] }
  graph: { nodes: (Json & { id: string; params?: Json })[]; edges: { from: string; to: string; port?: string }[] }
  training: Json
}

/** A sample project as JSON, modified. */
async function changed(name: string, change: (project: ProjectJson) => void): Promise<string> {
  const project = JSON.parse(await readFile(sample(name), 'utf8')) as ProjectJson
  change(project)
  return JSON.stringify(project)
}

/** Trains the project and returns the error line; checks what holds for every invalid input. */
async function refused(folder: TemporaryFolder, project: string): Promise<EventOf<'error'>['problems']> {
  const file = await folder.write('Projekt ü.loom', project)
  const before = await readdir(folder.path, { recursive: true })
  const { code, stdout, stderr } = await runCli(['train', file, '--epochs', '1', '--json'], { cwd: folder.path })
  expect({ code, stderr }, stdout).toEqual({ code: 2, stderr: '' })
  const lines = parseLines(stdout)
  expect(lines.map(({ event }) => event)).toEqual(['error'])
  expect(await readdir(folder.path, { recursive: true }), 'nothing is written').toEqual(before)
  const { problems } = theLine(lines, 'error')
  for (const problem of problems) {
    expect(problem.message).toMatch(/\.$/)
    expect(problem.fix).toMatch(/\.$/)
    expect(problem).toMatchObject({ expected: expect.stringMatching(/./), received: expect.stringMatching(/./) })
  }
  return problems
}

const node = (id: string) => (project: ProjectJson) => project.graph.nodes.find((candidate) => candidate.id === id)!

describe('an invalid project', () => {
  it.each<[string, () => Promise<string>, Json]>([
    [
      'that is not JSON',
      async () => (await changed('mnist-mlp', () => undefined)).replace('"version":1,', '"version":1,,'),
      {
        code: 'project-not-json',
        place: { file: expect.stringContaining('Projekt ü.loom'), line: 1 },
        expected: expect.any(String),
        received: expect.any(String),
      },
    ],
    [
      'of a version from the future',
      () => changed('mnist-mlp', (project) => ((project['version'] = 99), ((project as Json)['graph'] = 'new form'))),
      { code: 'project-version', place: { param: 'version' }, expected: 'version 1 or older', received: 'version 99' },
    ],
    [
      'of a newer version that could be shown: what it has more would be left out of the training without a word',
      () => changed('mnist-mlp', (project) => ((project['version'] = 2), (project['ensemble'] = 3))),
      { code: 'project-version', severity: 'error', expected: 'version 1 or older', received: 'version 2' },
    ],
    [
      'with a layer whose kind is misspelt',
      () => changed('mnist-mlp', (project) => (node('fc1')(project)['kind'] = 'linaer')),
      { code: 'node-unknown-kind', place: { node: 'fc1' }, fix: expect.stringMatching(/^Did you mean “linear”\? /) },
    ],
    [
      'with a layer of unknown kind',
      () => changed('mnist-mlp', (project) => (node('fc1')(project)['kind'] = 'convolution-9d')),
      { code: 'node-unknown-kind', place: { node: 'fc1' }, received: 'convolution-9d' },
    ],
    [
      'with a cycle',
      () => changed('mnist-mlp', (project) => (project.graph.edges.find(({ to }) => to === 'fc1')!.from = 'relu1')),
      { code: 'graph-cycle', place: {}, expected: expect.any(String), received: expect.stringContaining('fc1') },
    ],
    [
      'with a disconnected layer',
      () =>
        changed(
          'mnist-mlp',
          (project) => void project.graph.nodes.push({ id: 'lonely', kind: 'relu', position: [0, 0] }),
        ),
      { code: 'node-disconnected', place: { node: 'lonely' } },
    ],
    [
      'with a kernel larger than its input',
      () =>
        changed(
          'mnist-cnn',
          (project) => (node('conv2')(project).params = { outChannels: 32, kernelSize: 17, padding: 1 }),
        ),
      {
        code: 'shape-kernel-too-large',
        place: { node: 'conv2', param: 'kernelSize' },
        arithmetic: '⌊(14 + 2·1 − 17) / 1⌋ + 1 = 0',
        received: expect.stringContaining('14'),
      },
    ],
    [
      'whose output does not fit the labels',
      () => changed('mnist-mlp', (project) => (node('fc2')(project).params = { outFeatures: 9 })),
      { code: 'output-units', expected: expect.stringContaining('10'), received: expect.stringContaining('9') },
    ],
    [
      'with a setting of the wrong type',
      () => changed('mnist-mlp', (project) => (project.training['batchSize'] = 0.5)),
      { code: 'project-format', place: { param: 'training.batchSize', line: 1 }, received: '0.5' },
    ],
    [
      'with a learning rate that nothing learns with',
      () => changed('mnist-mlp', (project) => (project.training['learningRate'] = 100_000)),
      { code: 'project-format', place: { param: 'training.learningRate', line: 1 }, received: '100000' },
    ],
    [
      'with an unknown optimizer',
      () => changed('mnist-mlp', (project) => (project.training['optimizer'] = { kind: 'lion' })),
      { code: 'training-setting', place: { param: 'training.optimizer.kind' }, received: 'lion' },
    ],
  ])('%s', async (_name, project, expected) => {
    const problems = await refused(await temporaryFolder(), await project())
    expect(problems).toContainEqual(
      expect.objectContaining({ ...expected, place: expect.objectContaining(expected['place'] ?? {}) }),
    )
  })

  it('with softmax before cross-entropy is reported as a warning before training', async () => {
    const folder = await temporaryFolder()
    const project = await changed('penguins', ({ graph }) => {
      graph.nodes.push({ id: 'softmax', kind: 'softmax', position: [0, 0] })
      graph.edges.find(({ to }) => to === 'output')!.from = 'softmax'
      graph.edges.push({ from: 'fc2', to: 'softmax' })
    })
    const { stdout } = await runCli(['inspect', await folder.write('p.loom', project)], { cwd: folder.path })
    expect(stdout).toContain('softmax-before-cross-entropy')
  })

  it('reports all of its problems together, in text mode with where, because, expected, received and fix', async () => {
    const folder = await temporaryFolder()
    const file = await folder.write(
      'p.loom',
      await changed('mnist-cnn', (project) => {
        node('conv1')(project).params = { outChannels: 16, kernelSize: 77 }
        node('fc2')(project)['kind'] = 'denze'
      }),
    )
    const { code, stdout, stderr } = await runCli(['train', file], { cwd: folder.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.match(/^error: /gm)!.length).toBeGreaterThanOrEqual(2)
    expect(stderr).toMatch(
      /where +conv1\.kernelSize\n {2}because +⌊\(28 \+ 2·0 − 77\) \/ 1⌋ \+ 1 = −48\n {2}expected .*\n {2}received .*\n {2}fix /,
    )
  })
})

/** A project on IDX files named below, 3 classes, with a tiny set of images. */
const images = (count: number) =>
  idxBytes(
    'uint8',
    [count, 4, 4],
    Array.from({ length: count * 16 }, (_, i) => i % 251),
  )
const labels = (values: number[]) => idxBytes('uint8', [values.length], values)
const idxProject = (source: Json = {}) =>
  changed('mnist-mlp', (project) => {
    project.data.source = {
      kind: 'idx',
      trainImages: 'x-ubyte',
      trainLabels: 'y-ubyte',
      classes: ['a', 'b', 'c'],
      ...source,
    }
    node('fc2')(project).params = { outFeatures: 3 }
  })

describe('invalid images', () => {
  const many = Array.from({ length: 40 }, (_, i) => i % 3)

  it.each<[string, Record<string, Uint8Array>, Json]>([
    [
      'with a label outside the classes',
      { 'x-ubyte': images(40), 'y-ubyte': labels(many.with(7, 5)) },
      {
        code: 'data-label',
        place: { file: expect.stringContaining('y-ubyte') },
        expected: expect.stringContaining('0'),
        received: expect.stringContaining('5'),
      },
    ],
    [
      'whose file is missing',
      { 'y-ubyte': labels(many) },
      { code: 'data-missing', place: { file: expect.stringContaining('x-ubyte') } },
    ],
    [
      'whose file is cut short',
      { 'x-ubyte': images(40).subarray(0, 300), 'y-ubyte': labels(many) },
      {
        code: 'data-truncated',
        place: { file: expect.stringContaining('x-ubyte') },
        expected: '640 bytes of elements for 40×4×4',
        received: '284 bytes',
      },
    ],
    [
      'whose header claims more than there can be',
      { 'x-ubyte': idxHeader(8, [2 ** 31, 60000, 60000]), 'y-ubyte': labels(many) },
      {
        place: { file: expect.stringContaining('x-ubyte') },
        code: expect.stringMatching(/data-(too-large|truncated)/),
      },
    ],
    [
      'whose file is something else',
      { 'x-ubyte': Buffer.from('<!DOCTYPE html><html>not found</html>'), 'y-ubyte': labels(many) },
      { code: 'data-format', place: { file: expect.stringContaining('x-ubyte') } },
    ],
    [
      'that are more than their labels',
      { 'x-ubyte': images(40), 'y-ubyte': labels(many.slice(1)) },
      { code: 'data-count', expected: expect.stringMatching(/40|39/), received: expect.stringMatching(/40|39/) },
    ],
  ])('%s', async (_name, files, expected) => {
    const folder = await temporaryFolder()
    for (const [name, bytes] of Object.entries(files)) await folder.write(name, bytes)
    const [problem] = await refused(folder, await idxProject())
    expect(problem).toMatchObject(expected)
  })

  it('train if nothing is wrong, so that the cases above fail for their own reason', async () => {
    const folder = await temporaryFolder()
    await folder.write('x-ubyte', images(40))
    await folder.write('y-ubyte', labels(many))
    const file = await folder.write('p.loom', await idxProject())
    const { code, stdout } = await runCli(['train', file, '--epochs', '1', '--json'], { cwd: folder.path })
    expect(code, stdout).toBe(0)
  })
})

describe('an invalid table', () => {
  const csvProject = () =>
    changed(
      'penguins',
      (project) => (project.data.source = { kind: 'table', path: 't.csv', label: 'kind', columns: [] }),
    )
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${i % 7},${'ab'[i % 2]}`)

  it.each<[string, string, Json]>([
    ['that is empty', '', { code: 'data-empty', place: { file: expect.stringContaining('t.csv') } }],
    ['with a head alone', 'x,y,kind\n', { code: 'data-empty', place: { file: expect.stringContaining('t.csv') } }],
    [
      'with a row that is too short',
      ['x,y,kind', ...rows.with(4, '4,2')].join('\n'),
      {
        code: 'data-row',
        place: { file: expect.stringContaining('t.csv'), line: 6 },
        expected: expect.stringContaining('3'),
        received: expect.stringContaining('2'),
      },
    ],
    [
      'without the label column',
      ['x,y,sort', ...rows].join('\n'),
      { code: 'data-column', place: { file: expect.stringContaining('t.csv'), column: 'kind' } },
    ],
  ])('%s', async (_name, text, expected) => {
    const folder = await temporaryFolder()
    await folder.write('t.csv', text)
    const [problem] = await refused(folder, await csvProject())
    expect(problem).toMatchObject(expected)
  })
})

describe('a learning rate that makes the loss NaN', () => {
  it('exits with 1, names the layer, and keeps the last good weights', async () => {
    const { path } = await temporaryFolder()
    const run = join(path, 'run')
    const sgd = ['--set', 'training.optimizer.kind=sgd', '--lr', '1000']
    const words = ['train', sample('cars-mpg'), ...sgd, '--out', run, '--json']
    const { code, stdout } = await runCli(words)
    expect(code).toBe(1)
    const error = theLine(parseLines(stdout), 'error')
    expect(error).toMatchObject({ code: 'training-not-finite', run })
    expect(error.problems[0]!.place).toMatchObject({ node: expect.stringMatching(/^fc\d$/) as string })
    expect(error.problems[0]).toMatchObject({
      received: expect.stringContaining('at the learning rate 1000') as string,
    })
    expect(error.fix).toContain('Lower the learning rate')
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({ state: 'failed' })
    expect(await readdir(join(run, 'checkpoints'))).toContain('last.safetensors')
    expect((await readdir(run, { recursive: true })).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('a run folder that cannot be written', () => {
  it('is rejected before any computation', async () => {
    const folder = await temporaryFolder()
    await folder.write('file', 'in the way')
    const { code, stdout } = await runCli([
      'train',
      sample('penguins'),
      '--out',
      join(folder.path, 'file', 'run'),
      '--json',
    ])
    expect(code).toBe(2)
    expect(theLine(parseLines(stdout), 'error')).toMatchObject({ code: 'run-write' })
    expect(await readdir(folder.path)).toEqual(['file'])
  })

  it.skipIf(process.platform === 'win32')(
    'because of the file size limit ends the run with 1, and what was written is intact',
    async () => {
      const run = join((await temporaryFolder()).path, 'run')
      // 100 blocks of 1 KiB: the record fits, the weights (400 KiB) do not.
      const command = `ulimit -f 100; exec "${process.execPath}" "${CLI}" train "${sample('mnist-mlp')}" --limit 640 --epochs 2 --out "${run}" --json`
      const { status, stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
      expect(status, stdout).toBe(1)
      const error = theLine(parseLines(stdout), 'error')
      expect(error.problems[0]).toMatchObject({
        code: 'run-write',
        received: 'EFBIG',
        place: { file: expect.stringContaining('.safetensors') as string },
      })
      expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({ state: 'interrupted' })
      expect((await readdir(run, { recursive: true })).filter((name) => /tmp|safetensors/.test(name))).toEqual([])
    },
  )

  it('because the disk is full ends the run with 1, says so, and what was written is intact', async (context) => {
    const { path } = await temporaryFolder()
    const disk = join(path, 'disk')
    await mkdir(disk)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk]).status !== 0)
      context.skip('a disk of 200 KiB can be mounted by root on Linux only')
    try {
      await symlink(disk, join(path, 'link'))
      const run = join(path, 'link', 'run')
      const words = ['train', sample('mnist-mlp'), '--limit', '640', '--epochs', '2', '--out', run, '--json']
      const { code, stdout } = await runCli(words)
      expect(code, stdout).toBe(1)
      const error = theLine(parseLines(stdout), 'error')
      expect(error).toMatchObject({ code: 'run-write', message: 'The disk is full.' })
      expect(error.problems[0]).toMatchObject({
        received: 'ENOSPC',
        expected: expect.stringMatching(/room for \d+ bytes/) as string,
      })
      expect((await readdir(disk, { recursive: true })).filter((name) => /tmp/.test(name))).toEqual([])
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
