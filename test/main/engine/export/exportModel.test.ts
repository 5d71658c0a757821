/** The exported model: its predictions, its metadata, and its use in other programs. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DataSource } from '#core/graph/dataSettings'
import { decodeModel } from '#core/onnx/decode'
import type { FinishedEvent } from '#core/runs/events'
import { loadRuntime } from '../../../../src-main/engine/device/runtimes'
import { compareModel, exportModel } from '../../../../src-main/engine/export/exportModel'
import { formatMetadata, parseModelMetadata } from '../../../../src-main/models/modelMetadata'
import { evaluate } from '../../../../src-main/engine/calls/evaluator'
import { exportRun } from '../../../../src-main/engine/calls/exportRun'
import { findAppRoot } from '../../../../src-main/machine/appFolders'
import { openTrainedRun } from '../../../../src-main/engine/calls/trainedRun'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { projectsFolder, sampleProject, train } from '../training/trainHere'

const scripts = resolve(import.meta.dirname, '../../../../scripts')
const runs: Record<string, FinishedEvent> = {}

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'layerloom-'))
  for (const [name, limit] of [
    ['mnist-cnn', 2000],
    ['penguins', undefined],
    ['cars-mpg', undefined],
  ] as const) {
    const project = sampleProject(name, { epochs: 3 })
    const job = { project, projectFolder: projectsFolder, out: join(parent, name), ...(limit && { limit }) }
    runs[name] = (await train(job)).finished
  }
  return () => rm(parent, { recursive: true })
})

const names = ['mnist-cnn', 'penguins', 'cars-mpg']

describe('an exported model', () => {
  it('agrees on the raw test images with the reported result, in a script that only uses ONNX Runtime', () => {
    const { run, test } = runs['mnist-cnn']!
    const said = execFileSync(process.execPath, [join(scripts, 'verify-export.mjs'), run], { encoding: 'utf8' })
    const right = Number(/^(\d+) of 10000 right/.exec(said)![1])
    expect(Math.abs(right - 10000 * test!.accuracy!)).toBeLessThanOrEqual(1)
    expect(test!.accuracy).toBeGreaterThan(0.85)
  })

  const python = '/usr/bin/python3'
  const hasOnnx = existsSync(python) && isImportable(python, 'onnx')
  it.skipIf(!hasOnnx).each(names)('of %s passes ONNX’s own checker (skipped where python3-onnx is missing)', (name) => {
    const said = execFileSync(python, [join(scripts, 'check-onnx.py'), runs[name]!.model], { encoding: 'utf8' })
    expect(said).toContain('ok: Layerloom, IR 8, opset ai.onnx 18')
  })

  it.each(names)('of %s evaluates to the metrics of the run', async (name) => {
    const { model, test } = runs[name]!
    const { figures } = await evaluate({ target: model, split: 'test', threads: 1 })
    expect(Object.keys(figures)).toEqual(Object.keys(test!))
    for (const [figure, value] of Object.entries(test!)) {
      const digits = Math.max(1, Math.abs(value))
      expect(Math.abs(figures[figure]! - value) / digits, figure).toBeLessThan(1e-4)
    }
  })

  it('describes what to feed and what it was trained on, without folders of this machine', async () => {
    const { metadata } = decodeModel(await readFile(runs.penguins!.model))
    expect(JSON.parse(metadata.classes!)).toEqual(['Adelie', 'Chinstrap', 'Gentoo'])
    expect(JSON.parse(metadata.names!)).toEqual({ 0: 'Adelie', 1: 'Chinstrap', 2: 'Gentoo' })
    expect(metadata).not.toHaveProperty('positive_class')
    expect(metadata.input).toContain('float32 [N, 6], raw table columns in this order: Island, ')
    expect(JSON.parse(metadata.columns!)).toHaveLength(6)
    const description = parseModelMetadata(metadata, 'model.onnx')!
    expect(description.task).toBe('classification')
    expect(description.figures.test).toEqual(runs.penguins!.test)
    const source: DataSource = { kind: 'table', path: '/home/me/secret/birds.csv', label: 'x', columns: [] }
    const data = { ...description.data, source }
    const told = formatMetadata('birds', '1', { ...description, data })
    expect(JSON.stringify(told)).not.toContain('/home/me')
    expect(parseModelMetadata(told, 'x')!.data.source).toMatchObject({ path: 'birds.csv' })
  })

  it.each(names)('of %s names its nodes after the layers and includes the type of every value', async (name) => {
    const { graph, ...model } = fromBinary(ModelProtoSchema, await readFile(runs[name]!.model))
    expect(model.producerName).toBe('Layerloom')
    expect(model.producerVersion).toBe(findAppRoot().version)
    expect(model.docString).toMatch(/: (classification|regression), trained and exported by Layerloom\.$/)
    const { node, valueInfo, input, output, docString } = graph!
    expect(docString).toBe(model.docString)
    expect(new Set(node.map((one) => one.name)).size).toBe(node.length)
    const layers = sampleProject(name).graph.nodes.filter(({ kind }) => kind === 'linear')
    for (const { id } of layers) expect(node.map((one) => one.name)).toContainEqual(expect.stringContaining(`${id}/`))
    const typed = [...valueInfo, ...output].map((value) => value.name)
    expect(typed.sort()).toEqual([...new Set(node.flatMap((one) => one.output))].sort())
    expect(input[0]!.docString).toContain('samples: ')
    for (const { docString: said } of output) expect(said).not.toBe('')
  })

  it('that disagrees with the trainer is rejected', async () => {
    const runtime = await loadRuntime('cpu')
    const { source, weights, evaluation, feed, train: indices } = await openTrainedRun(runs.penguins!.run, 1)
    const trained = { evaluation, feed, weights, source, indices }
    expect((await compareModel(runtime, exportModel(source, weights, {}), trained, 'x')).difference).toBeLessThan(1e-5)
    const [[name, { shape, data }]] = [...weights].slice(-1) as [
      [string, { shape: readonly number[]; data: Float32Array }],
    ]
    const changed = new Map(weights).set(name, { shape, data: data.map((value) => value + 0.01) })
    const [problem] = await problemsOf(compareModel(runtime, exportModel(source, changed, {}), trained, 'x.onnx'))
    expect(problem).toMatchObject({ code: 'export-mismatch', place: { file: 'x.onnx' } })
    const broken = new Map(weights).set(name, { shape, data: data.map(() => NaN) })
    expect(await problemsOf(compareModel(runtime, exportModel(source, broken, {}), trained, 'x'))).toHaveLength(1)
  })

  it.each(names)('of %s can be exported again to any location', async (name) => {
    const { path } = await temporaryFolder()
    const file = join(path, '模型.onnx')
    const report = await exportRun({ run: runs[name]!.run, file })
    expect(report).toMatchObject({ file, samples: name === 'mnist-cnn' ? 256 : (expect.any(Number) as number) })
    expect(report.difference).toBeLessThan(1e-4 * report.scale)
    expect((await readFile(file)).equals(await readFile(runs[name]!.model))).toBe(true)
    expect(await problemsOf(exportRun({ run: runs[name]!.run, file: join(path, 'none', 'x.onnx') }))).toMatchObject([
      { code: 'file-write' },
    ])
  })

  it('cannot be evaluated on a split that does not exist, or if it does not specify its data', async () => {
    const { path } = await temporaryFolder()
    const { source, weights } = await openTrainedRun(runs.penguins!.run, 1)
    const bare = join(path, 'bare.onnx')
    await writeFile(bare, exportModel(source, weights, {}))
    expect(await problemsOf(evaluate({ target: bare, split: 'test' }))).toMatchObject([
      { code: 'model-format', received: 'no description in its metadata' },
    ])
    const damaged = join(path, 'damaged.onnx')
    await writeFile(damaged, exportModel(source, weights, { layerloom: '{"version":1,"task":"poetry"}' }))
    expect(await problemsOf(evaluate({ target: damaged, split: 'test' }))).toMatchObject([{ code: 'model-format' }])
  })
})

function isImportable(python: string, module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
