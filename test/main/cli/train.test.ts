/** `layerloom train` on real data: its output, its files, its accuracy. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../data/temporaryFolder'
import { parseLines, theLine, type Line } from './eventSchemas'
import { ROOT, runCli, sample } from './runCli'

/** Trains with --json into a new folder; returns all lines, validated. */
async function train(project: string, ...words: string[]): Promise<{ lines: Line[]; run: string }> {
  const run = join((await temporaryFolder()).path, 'run')
  const { code, stdout, stderr } = await runCli(['train', sample(project), '--out', run, '--json', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return { lines: parseLines(stdout), run }
}

const losses = (lines: readonly Line[]): number[] => lines.flatMap((line) => (line.event === 'step' ? line.losses : []))

describe('training mnist-mlp on a part of MNIST', () => {
  it('reports start, steps, epochs and the end as JSON lines, and keeps the run', async () => {
    const { lines, run } = await train('mnist-mlp', '--limit', '4000', '--epochs', '2')
    expect(lines[0]).toMatchObject({
      event: 'start',
      run,
      name: 'MNIST: multilayer perceptron',
      device: 'cpu',
      epochs: 2,
      batchSize: 64,
      stepsPerEpoch: 63,
      samples: { train: 4000, validation: 6000, test: 10000 },
      parameters: 101770,
      loss: 'cross-entropy',
      optimizer: { kind: 'sgd' },
      learningRate: 0.01,
      metrics: ['accuracy'],
    })
    expect(losses(lines)).toHaveLength(126)
    const epochs = lines.filter((line) => line.event === 'epoch')
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 63],
      [2, 126],
    ])
    const end = theLine(lines, 'finished')
    expect(end).toMatchObject({ run, reason: 'completed', epochs: 2, bestEpoch: 2, model: join(run, 'model.onnx') })
    expect(end.test!['accuracy']).toBeGreaterThan(0.8)
    expect(await readdir(run)).toEqual(
      expect.arrayContaining(['checkpoints', 'metrics.jsonl', 'model.onnx', 'run.json']),
    )
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({ state: 'completed' })
  })

  it('has bit-identical losses for the same seed, and different ones for another', async () => {
    const words = ['--limit', '2000', '--epochs', '1', '--threads', '1']
    const [first, second, other] = [
      await train('mnist-mlp', ...words),
      await train('mnist-mlp', ...words),
      await train('mnist-mlp', ...words, '--seed', '1'),
    ].map(({ lines }) => losses(lines))
    expect(second).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('takes its settings from the command line and leaves the project unchanged', async () => {
    const before = await readFile(sample('mnist-mlp'))
    const { lines, run } = await train(
      'mnist-mlp',
      ...['--limit', '256', '--epochs', '1', '--batch-size', '128', '--lr', '0.05', '--seed', '7', '--threads', '1'],
      ...['--set', 'training.optimizer.momentum=0.9', '--set', 'graph.nodes.fc1.params.outFeatures=32'],
    )
    expect(lines[0]).toMatchObject({
      stepsPerEpoch: 2,
      batchSize: 128,
      learningRate: 0.05,
      seed: 7,
      threads: 1,
      parameters: 785 * 32 + 330,
      optimizer: { kind: 'sgd', momentum: 0.9 },
    })
    const record = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as { project: { training: object } }
    expect(record.project.training).toMatchObject({ batchSize: 128, learningRate: 0.05, seed: 7 })
    expect(await readFile(sample('mnist-mlp'))).toEqual(before)
  })

  it('prints, in text mode, the settings, one line per epoch with the best one marked, the curve, the run, and the next steps', async () => {
    const run = join((await temporaryFolder()).path, '运行 1')
    const words = ['--limit', '2000', '--epochs', '2', '--out', run]
    const { code, stdout, stderr } = await runCli(['train', sample('mnist-mlp'), ...words])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toContain('\u001B')
    expect(stdout).toMatch(
      /^MNIST: multilayer perceptron\n\n {2}data +2,000 training · 6,000 validation · 10,000 test samples\n {2}parameters +101,770\n/,
    )
    expect(stdout).toMatch(
      /^ +epoch +loss +accuracy +loss +accuracy +time\n +1\/2( +\d\.\d{4}){4} +[\d.]+ m?s {2}◆ best$/m,
    )
    expect(stdout).toMatch(/^ {2}\d\.\d{4} ┤/m)
    expect(stdout).toContain(`model       ${join(run, 'model.onnx')}`)
    expect(stdout).toContain(`export '${run}' --to onnx -o model.onnx`)
  })
})

describe('a run folder', () => {
  it('is created in ./runs, named after time and project, unless another is given', async () => {
    const { path } = await temporaryFolder()
    const { code, stdout } = await runCli(['train', sample('penguins'), '--epochs', '1', '--json'], { cwd: path })
    expect(code).toBe(0)
    const [name] = await readdir(join(path, 'runs'))
    expect(name).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_penguins$/)
    expect(theLine(parseLines(stdout), 'finished').run).toBe(join(path, 'runs', name!))
  })

  it('keeps the test set sealed with --no-test until an evaluation requests it', async () => {
    const { lines, run } = await train('penguins', '--epochs', '1', '--no-test')
    expect(theLine(lines, 'finished').test).toBeUndefined()
    const record = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as { figures: object; sealed: boolean }
    expect(record.sealed).toBe(true)
    expect(Object.keys(record.figures).sort()).toEqual(['train', 'validation'])
    expect((await runCli(['evaluate', run])).code).toBe(0)
  })

  it('that already holds a run is rejected and left unchanged', async () => {
    const { run } = await train('penguins', '--epochs', '1')
    const before = await readFile(join(run, 'run.json'))
    const { code, stderr } = await runCli(['train', sample('penguins'), '--out', run])
    expect(code).toBe(2)
    expect(stderr).toContain('holds a run already')
    expect(await readFile(join(run, 'run.json'))).toEqual(before)
  })
})

describe('a project and its data in folders with non-ASCII names', () => {
  it('trains, evaluates and predicts', async () => {
    const folder = await temporaryFolder()
    const project = JSON.parse(await readFile(sample('cars-mpg'), 'utf8')) as { data: { source: unknown } }
    project.data.source = {
      kind: 'table',
      path: 'données/voitures 车.csv',
      label: 'Miles_per_Gallon',
      columns: [
        { name: 'Name', role: 'ignored' },
        { name: 'Origin', type: 'categorical' },
      ],
    }
    const table = await readFile(join(ROOT, 'resources/data/cars.csv'))
    const csv = await folder.write('données/voitures 车.csv', table)
    const file = await folder.write('Projekt größer.loom', JSON.stringify(project))
    const run = join(folder.path, 'пробег')
    const { code, stderr } = await runCli(['train', file, '--epochs', '3', '--out', run])
    expect(code, stderr).toBe(0)
    const [head, first] = table.toString().split('\n')
    const rows = await folder.write('строки.csv', `${head}\n${first}\n`)
    const predicted = await runCli(['predict', run, rows, '--json'])
    const line = theLine(parseLines(predicted.stdout), 'prediction')
    expect(line.numbers).toEqual([{ name: 'Miles_per_Gallon', value: expect.any(Number) as number }])
    expect((await runCli(['evaluate', run])).code).toBe(0)
    expect(csv).toContain('车')
  })
})

describe('the sample tables', () => {
  it('penguins reaches 96 % accuracy on its validation samples', async () => {
    const { lines } = await train('penguins')
    expect(theLine(lines, 'finished').validation!['accuracy']).toBeGreaterThanOrEqual(0.96)
  })

  it('cars-mpg reaches an R² of 0.82 on its validation and its test samples', async () => {
    const { lines } = await train('cars-mpg')
    const { validation, test } = theLine(lines, 'finished')
    expect(validation!['r2']).toBeGreaterThanOrEqual(0.82)
    expect(test!['r2']).toBeGreaterThanOrEqual(0.82)
  })
})
