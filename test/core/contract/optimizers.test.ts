/** The contract of every optimizer: 20 steps on one flat buffer, compared to PyTorch's on three tensors. */
import { describe, expect, it } from 'vitest'
import { initialSlots } from '#core/compiler/weights'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import { optimizers } from '#core/optimizers/index'
import { defineOptimizer, type OptimizerDefinition } from '#core/optimizers/optimizer'
import { checkParams, real, text, type ParamValues } from '#core/params/params'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { goldenCases, goldenKinds, goldenTensors, type GoldenCase } from '../../support/goldens'
import { fromTensor, toTensor } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { openModel } from '../../support/runOnnx'
import { describeParams } from './describeParams'

const catalogue: readonly OptimizerDefinition[] = optimizers
type Values = ParamValues<OptimizerDefinition['params']>
type Feeds = Record<string, Tensor>
/** Total number of elements of the three golden tensors. */
const SIZE = 24

/** Parameters, gradients and goldens of all three tensors, concatenated. */
function flatProblem(kind: string, item: GoldenCase) {
  const all = goldenTensors('optimizers', kind)
  const names = [...all.keys()].filter((name) => name.startsWith('start/')).map((name) => name.slice('start/'.length))
  const data = (name: string) => all.get(name)!.data as Float32Array
  const join = (parts: Float32Array[]) =>
    tensor(
      'float32',
      [SIZE],
      parts.flatMap((part) => [...part]),
    )
  const stepOf = (prefix: string, step: number) =>
    join(
      names.map((name) =>
        data(`${prefix}/${name}`)
          .slice(step * data(`start/${name}`).length)
          .slice(0, data(`start/${name}`).length),
      ),
    )
  return {
    start: join(names.map((name) => data(`start/${name}`))),
    gradients: (step: number) => stepOf('gradient', step),
    expected: (step: number) => stepOf(item.name, step),
  }
}

function updateGraph(optimizer: OptimizerDefinition, params: Values): Graph {
  const b = new GraphBuilder(optimizer.kind)
  const vector = (name: string) => b.input(name, { dtype: 'float32', shape: [SIZE] })
  const [parameters, gradients] = [vector('parameters'), vector('gradients')]
  const slots = Object.fromEntries(Object.keys(optimizer.slots(params)).map((name) => [name, vector(name)]))
  const scalars = Object.fromEntries(
    Object.keys(optimizer.scalars(params, 1, 0.1)).map((name) => [
      name,
      b.input(`scalar ${name}`, { dtype: 'float32', shape: [] }),
    ]),
  )
  const next = optimizer.update({ b, parameters, gradients, slots, scalars, params })
  expect(Object.keys(next.slots).sort(), 'every slot is updated').toEqual(Object.keys(slots).sort())
  b.output(next.parameters, 'next parameters')
  for (const [name, value] of Object.entries(next.slots)) b.output(value, `next ${name}`)
  return b.graph
}

type Runner = (feeds: Feeds) => Promise<Feeds>

async function checkSteps(
  optimizer: OptimizerDefinition,
  item: GoldenCase,
  run: Runner,
  params: Values,
  relative: number,
) {
  const problem = flatProblem(optimizer.kind, item)
  const rates = item.fields.learningRates as number[]
  let state: Feeds = { parameters: problem.start }
  for (const [name, start] of Object.entries(optimizer.slots(params)))
    state[name] = tensor('float32', [SIZE], new Float32Array(SIZE).fill(start))
  for (const [index, rate] of rates.entries()) {
    const scalars = Object.entries(optimizer.scalars(params, index + 1, rate)).map(
      ([name, value]) => [`scalar ${name}`, tensor('float32', [], [value])] as const,
    )
    const next = await run({ ...state, gradients: problem.gradients(index), ...Object.fromEntries(scalars) })
    state = Object.fromEntries(Object.keys(state).map((name) => [name, next[`next ${name}`]!]))
    expectClose(
      state.parameters!,
      problem.expected(index),
      { relative, absolute: 1e-7 },
      `parameters after step ${index + 1}`,
    )
  }
}

async function checkCase(optimizer: OptimizerDefinition, item: GoldenCase): Promise<void> {
  const { values, problems } = checkParams(optimizer.params, item.params, optimizer.kind, {})
  expect(problems).toEqual([])
  const graph = updateGraph(optimizer, values)
  const model = await openModel(graph)
  await checkSteps(optimizer, item, (feeds) => model.run(feeds), values, 1e-5)
  await model.release()
  // Rounded to float32 between steps, exact within a step.
  const reference: Runner = async (feeds) => {
    const given = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, fromTensor(value)]))
    return Object.fromEntries(Object.entries(interpret(graph, given)).map(([name, value]) => [name, toTensor(value)]))
  }
  await checkSteps(optimizer, item, reference, values, 1e-5)
}

for (const optimizer of catalogue)
  describe(optimizer.title, () => {
    describeParams(optimizer)
    for (const item of goldenCases('optimizers', optimizer.kind))
      it(`takes PyTorch's 20 steps: ${item.name}`, () => checkCase(optimizer, item))

    it('recommends a learning rate with a reason', () => {
      expect(optimizer.recommended.learningRate).toBeGreaterThan(0)
      expect(optimizer.recommended.why.en).not.toBe('')
      expect(optimizer.recommended.why.zh).not.toBe('')
    })
  })

/** As torch.optim.Adagrad with `initial_accumulator_value`. */
const adagrad = defineOptimizer({
  kind: 'adagrad',
  title: 'Adagrad',
  doc: text('Divides every step by the size of all gradients so far.', '用迄今全部梯度的大小去除每一步。'),
  formula: 's ← s + g²,  p ← p − η·g/√s',
  params: { start: real(text('Start', '初值'), { default: 0, min: 0, doc: text('First sum.', '和的初值。') }) },
  recommended: { learningRate: 0.01, why: text('As in PyTorch.', '与 PyTorch 相同。') },
  slots: ({ start }) => ({ sum: start }),
  scalars: (_params, _step, learningRate) => ({ learningRate }),
  update({ b, parameters, gradients, slots, scalars }) {
    const sum = b.Add(slots.sum, b.Mul(gradients, gradients))
    const step = b.Mul(scalars.learningRate, b.Div(gradients, b.Sqrt(sum)))
    return { parameters: b.Sub(parameters, step), slots: { sum } }
  },
})

describe('a slot that does not start at zero', () => {
  it('is filled with its value before the first step', async () => {
    const none = { slices: [], total: 0 }
    const state = { parameters: { slices: [], total: SIZE }, frozen: none, statistics: none }
    const params = { start: 0.5 }
    const slots = initialSlots({ state, slotStarts: adagrad.slots(params) })
    const vector = (value: number) => tensor('float32', [SIZE], new Array<number>(SIZE).fill(value))
    const model = await openModel(updateGraph(adagrad, params))
    const next = await model.run({
      parameters: vector(1),
      gradients: vector(3),
      sum: tensor('float32', [SIZE], slots.sum!),
      'scalar learningRate': tensor('float32', [], [0.1]),
    })
    await model.release()
    // 1 − 0.1 · 3 / √(0.5 + 3²)
    expectClose(next['next parameters']!, vector(0.9026671), { absolute: 1e-6 }, 'parameters')
  })
})

describe('the optimizer catalog', () => {
  it('has golden cases for every optimizer, and no golden file without one', () => {
    expect(goldenKinds('optimizers')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })
})
