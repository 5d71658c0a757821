/** The contract of every optimizer: 20 steps on one flat buffer, as PyTorch takes them on three tensors. */
import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import { optimizers } from '#core/optimizers/index'
import type { OptimizerDefinition } from '#core/optimizers/optimizer'
import { checkParams, type ParamValues } from '#core/params/params'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { goldenCases, goldenKinds, goldenTensors, type GoldenCase } from '../../support/goldens'
import { fromTensor, toTensor } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { openModel } from '../../support/runOnnx'
import { describeParams } from './describeParams'

const catalogue = optimizers as unknown as readonly OptimizerDefinition[]
type Values = ParamValues<OptimizerDefinition['params']>
type Feeds = Record<string, Tensor>
/** Elements of the three golden tensors together. */
const SIZE = 24

/** Parameters, gradients and the goldens of all three tensors laid out one after another. */
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
  const slots = Object.fromEntries(optimizer.slots(params).map((name) => [name, vector(name)]))
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
  const zeros = () => tensor('float32', [SIZE], new Float32Array(SIZE))
  let state: Feeds = { parameters: problem.start }
  for (const name of optimizer.slots(params)) state[name] = zeros()
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

    it('recommends a learning rate and says why', () => {
      expect(optimizer.recommended.learningRate).toBeGreaterThan(0)
      expect(optimizer.recommended.why.en).not.toBe('')
      expect(optimizer.recommended.why.zh).not.toBe('')
    })
  })

describe('the optimizer catalogue', () => {
  it('has golden cases for every optimizer, and no golden file without one', () => {
    expect(goldenKinds('optimizers')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })
})
