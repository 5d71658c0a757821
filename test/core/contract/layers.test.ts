/** The contract of every layer, driven by the golden files: parameters, shapes, values, gradients and statistics. */
import { beforeAll, describe, expect, it } from 'vitest'
import { blockLayout } from '#core/compiler/passes/blockLayout'
import { prune } from '#core/compiler/passes/prune'
import { shareDuplicates } from '#core/compiler/passes/shareDuplicates'
import { layers } from '#core/layers/index'
import type { LayerDefinition } from '#core/layers/layer'
import type { Graph } from '#core/onnx/graph'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { tensor, type Tensor } from '#core/tensor/dtype'
import type { Shape } from '#core/tensor/shape'
import { probeBlockSize } from '../../support/blockSize'
import { expectClose } from '../../support/expectClose'
import { expectGradients } from '../../support/finiteDifferences'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { neededFor } from '../../support/neededFor'
import { fromTensor, type Array64 } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { openModel, runOnnx } from '../../support/runOnnx'
import { describeParams } from './describeParams'
import { fillsBlocks, forwardOf, gradientGraphOf, lowerLayer } from './lowerLayer'

/** Layers that pass their input through unchanged; PyTorch has no module for them. */
const withoutGolden = ['input', 'output']
const catalogue: readonly LayerDefinition[] = layers

/** This machine's block size for the NCHWc layout; set before the tests run. */
const blocked = { portable: false, blockSize: 1 }
beforeAll(async () => {
  blocked.blockSize = await probeBlockSize()
})
const targets: Record<string, Target> = {
  'standard operators': standardTarget,
  'portable operators': portableTarget,
  'the blocked layout': blocked,
}

/** The graph as finished by the compiler: duplicates shared, images in the layout of the target. */
const finish = (graph: Graph, target: Target): Graph => prune(blockLayout(shareDuplicates(prune(graph)), target))

/** One step of float32 arithmetic compared to the exact value, relative to the tensor's scale. */
const oneStep = { relative: 1e-5, absolute: 1e-6 }
/** Float64 arithmetic compared to a golden that was rounded to float32 once. */
const exact = { relative: 1e-6, absolute: 1e-7 }

function inputShapes(item: GoldenCase): number[][] {
  return Object.values(item.group('input')).map(({ shape }) => [...shape])
}

/** Everything a lowered layer can need, by role. */
function feeds(item: GoldenCase): Record<string, Tensor> {
  const named = (prefix: string) =>
    Object.entries(item.group(prefix)).map(([name, value]) => [`${prefix}/${name}`, value] as const)
  return Object.fromEntries([...named('input'), ...named('weight')])
}

const arraysOf = (item: GoldenCase): Record<string, Array64> =>
  Object.fromEntries(Object.entries(feeds(item)).map(([name, value]) => [name, fromTensor(value)]))

async function checkEvaluation(layer: LayerDefinition, item: GoldenCase, target: Target): Promise<void> {
  // Only exported models leave the batch open; evaluation graphs have a fixed one, in any layout.
  const open = target === standardTarget
  const shapes = inputShapes(item).map(([batch, ...rest]): Shape => [open ? 'N' : batch!, ...rest])
  const graph = finish(forwardOf(lowerLayer(layer, item.params, shapes, { training: false, target })), target)
  expectBlocked(graph, item, target)
  const golden = item.get('evaluation')
  const [batch, ...sample] = golden.shape
  expect(graph.outputs[0]!.type.shape, 'inferred shape').toEqual([open ? 'N' : batch, ...sample])
  const { y } = await runOnnx(graph, feeds(item))
  expectClose(y!, golden, oneStep, 'evaluation')
  expectClose(interpret(graph, arraysOf(item), target).y!, golden, exact, 'evaluation in float64')
}

const hasInputGradients = (item: GoldenCase): boolean => Object.keys(item.group('dinput')).length > 0

/** Guards against testing nothing: images that fill blocks must use the blocked operators. */
function expectBlocked(graph: Graph, item: GoldenCase, target: Target): void {
  if (target.blockSize === 1 || !inputShapes(item).every(fillsBlocks)) return
  expect(
    graph.nodes.some(({ op }) => op.startsWith('nchwc.')),
    'uses blocked operators',
  ).toBe(true)
}

/** Runs a graph twice in one session, like a training loop; the first run must not leave anything behind. */
async function runTwice(graph: Graph, given: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  const model = await openModel(graph)
  const first = await model.run(given)
  const second = await model.run(given)
  await model.release()
  for (const [name, value] of Object.entries(first))
    expect(second[name]!.data, `${name} in a second run`).toEqual(value.data)
  return first
}

/** The graph for machines with the other block size, which only the interpreter can run here. */
function checkOtherBlock(layer: LayerDefinition, item: GoldenCase, expected: Readonly<Record<string, Tensor>>): void {
  const target = { portable: false, blockSize: blocked.blockSize === 16 ? 8 : 16 }
  const trainable = item.fields.frozen !== true
  const lowered = lowerLayer(layer, item.params, inputShapes(item), {
    training: item.has('training'),
    trainable,
    target,
  })
  const results = interpret(
    finish(gradientGraphOf(lowered, item.get('dy'), target, hasInputGradients(item)), target),
    arraysOf(item),
    target,
  )
  for (const [name, value] of Object.entries(expected))
    expectClose(results[name]!, value, exact, `${name} in blocks of ${target.blockSize}`)
}

async function checkTraining(layer: LayerDefinition, item: GoldenCase, target: Target): Promise<void> {
  const trainable = item.fields.frozen !== true
  const lowered = lowerLayer(layer, item.params, inputShapes(item), {
    training: item.has('training'),
    trainable,
    target,
  })
  const graph = finish(gradientGraphOf(lowered, item.get('dy'), target, hasInputGradients(item)), target)
  expectBlocked(graph, item, target)
  const expected: Record<string, Tensor> = { y: item.get(item.has('training') ? 'training' : 'evaluation') }
  // A frozen layer keeps its statistics: PyTorch's are unchanged, and ours are not written at all.
  if (!trainable)
    for (const [name, value] of Object.entries(item.group('after'))) expect(value).toEqual(item.get(`weight/${name}`))
  for (const prefix of ['dinput', 'dweight', ...(trainable ? ['after'] : [])])
    for (const [name, value] of Object.entries(item.group(prefix))) expected[`${prefix}/${name}`] = value
  const names = graph.outputs.map(({ name }) => name).filter((name) => name !== 'loss')
  expect(names.sort(), 'outputs').toEqual(Object.keys(expected).sort())

  const arrays = arraysOf(item)
  const results = interpret(graph, arrays, target)
  const runtime = await runTwice(graph, feeds(item))
  for (const { name, type } of graph.outputs) {
    if (name === 'loss') continue
    expect(type.shape, `${name}: inferred shape`).toEqual(runtime[name]!.shape)
    expectClose(results[name]!, expected[name]!, exact, `${name} in float64`)
    expectClose(runtime[name]!, expected[name]!, oneStep, name)
  }
  if (target === blocked) checkOtherBlock(layer, item, expected)
  if (item.fields.smooth !== true) return
  const sources = names.filter((name) => name.startsWith('d')).map((name) => name.slice(1))
  const loss = neededFor(graph, 'loss')
  const gradients = Object.fromEntries(sources.map((name) => [name, results[`d${name}`]!]))
  expectGradients((moved) => interpret(loss, moved, target).loss!.data[0]!, arrays, gradients)
}

for (const layer of catalogue)
  describe(layer.title, () => {
    describeParams(layer)

    it('has explanations in both languages', () => {
      expect(layer.doc.en).not.toBe('')
      expect(layer.doc.zh).not.toBe('')
    })

    if (withoutGolden.includes(layer.kind)) {
      it('passes its input through unchanged', () => {
        const lowered = lowerLayer(layer, {}, [['N', 3]], { training: true, target: standardTarget })
        expect(lowered.y).toBe(lowered.roles.get('input/0'))
      })
      return
    }

    for (const item of goldenCases('layers', layer.kind))
      for (const [name, target] of Object.entries(targets)) {
        it(`evaluates ${item.name} like PyTorch (${name})`, () => checkEvaluation(layer, item, target))
        it(`trains on ${item.name} like PyTorch (${name})`, () => checkTraining(layer, item, target))
      }
  })

describe('the layer catalog', () => {
  it('has golden cases for every layer, and no golden file without a layer', () => {
    expect([...goldenKinds('layers'), ...withoutGolden].sort()).toEqual(catalogue.map(({ kind }) => kind).sort())
  })

  it('names every layer once', () => {
    expect(new Set(catalogue.map(({ kind }) => kind)).size).toBe(catalogue.length)
    expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length)
  })
})

describe('batch normalization in training', () => {
  const layer = catalogue.find(({ kind }) => kind === 'batch-norm1d')!

  // ONNX Runtime's training kernel writes its third and fourth outputs over its fourth and fifth inputs, even if other
  // nodes read them.
  it('does not modify constants that other operators read', async () => {
    const lowered = lowerLayer(layer, {}, [[4, 2]], { training: true, target: standardTarget })
    const { b } = lowered
    const ones = b.constant(tensor('float32', [2], [1, 1]))
    const zeros = b.constant(tensor('float32', [2], [0, 0]))
    const sum = b.ReduceSum(lowered.roles.get('input/0')!, [0])
    b.output(b.Add(b.Mul(sum, ones), zeros), 'sum')
    for (const [name, value] of lowered.updates) b.output(value, name)
    const two = (value: number) => tensor('float32', [2], [value, value])
    await runTwice(forwardOf(lowered), {
      'input/0': tensor('float32', [4, 2], [10, 1, 12, 2, 14, 3, 16, 4]),
      'weight/weight': two(1),
      'weight/bias': two(0),
      'weight/running_mean': two(0),
      'weight/running_var': two(1),
    })
  })
})
