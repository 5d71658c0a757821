/** The contract of every operator: inferred shapes, values and gradients, on ONNX Runtime, in float64 and by finite differences. */
import { beforeAll, describe, expect, it } from 'vitest'
import { backward } from '#core/autodiff/backward'
import { gradientRules } from '#core/autodiff/gradients/index'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph, Value } from '#core/onnx/graph'
import { shapeRules, type OpName } from '#core/onnx/ops'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { tensor } from '#core/tensor/dtype'
import { probeBlockSize } from '../../support/blockSize'
import { expectClose } from '../../support/expectClose'
import { expectGradients } from '../../support/finiteDifferences'
import { hashedNumbers } from '../../support/hashedNumbers'
import { neededFor } from '../../support/neededFor'
import { fromTensor, type Array64 } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { runOnnx } from '../../support/runOnnx'
import type { OperatorCase } from './operators/case'
import { operatorCases } from './operators/index'

let blockSize = 1
beforeAll(async () => {
  blockSize = await probeBlockSize()
})

interface Built {
  readonly b: GraphBuilder
  readonly inputs: Record<string, Value>
  readonly outputs: readonly Value[]
}

function build(item: OperatorCase): Built {
  const b = new GraphBuilder('case')
  const inputs = Object.fromEntries(
    Object.entries(item.inputs).map(([name, { dtype, shape }]) => [name, b.input(name, { dtype, shape })]),
  )
  const result = item.build(b, inputs, blockSize)
  return { b, inputs, outputs: Array.isArray(result) ? (result as Value[]) : [result as Value] }
}

function forwardGraph(item: OperatorCase): Graph {
  const { b, outputs } = build(item)
  outputs.forEach((value, i) => b.output(value, `y${i}`))
  return b.graph
}

/** Σ over the outputs of y · dy with fixed random dy, and its gradients under `d<input>`. */
function gradientGraph(item: OperatorCase, target: Target): Graph {
  const { b, inputs, outputs } = build(item)
  const terms = outputs.map((y, i) => {
    const shape = y.type.shape as number[]
    const dy = hashedNumbers(
      `dy ${i}`,
      shape.reduce((product, size) => product * size, 1),
    )
    const product = b.Mul(y, b.constant(tensor('float32', shape, dy)))
    return shape.length === 0 ? product : b.ReduceSum(product, [...shape.keys()])
  })
  const loss = terms.reduce((a, c) => b.Add(a, c))
  const gradients = backward(
    b,
    loss,
    item.differentiate.map((name) => inputs[name]!),
    target,
  )
  b.output(loss, 'loss')
  item.differentiate.forEach((name, i) => b.output(gradients[i]!, `d${name}`))
  return b.graph
}

function arrays(item: OperatorCase): Record<string, Array64> {
  return Object.fromEntries(Object.entries(item.inputs).map(([name, value]) => [name, fromTensor(value)]))
}

async function checkForward(item: OperatorCase): Promise<void> {
  const graph = forwardGraph(item)
  const runtime = await runOnnx(graph, item.inputs)
  const exact = interpret(graph, arrays(item), { blockSize })
  for (const { name, type } of graph.outputs) {
    const inferred = type.shape.map((dim, axis) => (dim === 'N' ? runtime[name]!.shape[axis] : dim))
    expect(runtime[name]!.shape, 'inferred shape').toEqual(inferred)
    expect(runtime[name]!.dtype, 'inferred type').toBe(type.dtype)
    expectClose(runtime[name]!, exact[name]!, { relative: item.tolerance ?? 1e-6, absolute: 1e-7 }, name)
  }
}

async function checkGradients(item: OperatorCase, target: Target): Promise<void> {
  const graph = gradientGraph(item, target)
  const inputs = arrays(item)
  const exact = interpret(graph, inputs, { blockSize })
  const gradients = Object.fromEntries(item.differentiate.map((name) => [name, exact[`d${name}`]!]))
  const lossOnly = neededFor(graph, 'loss')
  expectGradients((moved) => interpret(lossOnly, moved, { blockSize }).loss!.data[0]!, inputs, gradients)
  const runtime = await runOnnx(graph, item.inputs)
  for (const name of item.differentiate)
    expectClose(runtime[`d${name}`]!, gradients[name]!, { relative: 1e-5, absolute: 1e-7 }, `d${name} on ONNX Runtime`)
}

const targets = { standard: standardTarget, portable: portableTarget }

for (const [op, cases] of Object.entries(operatorCases) as [OpName, readonly OperatorCase[]][])
  describe(op, () => {
    for (const item of cases) {
      it(`${item.name}: ONNX Runtime computes the inferred shape and the reference values`, (context) => {
        if (op.startsWith('nchwc.') && blockSize === 1)
          context.skip('ONNX Runtime has no blocked layout on this machine')
        return checkForward(item)
      })
      if (item.differentiate.length === 0) continue
      for (const [name, target] of Object.entries(targets))
        it(`${item.name}: ${name} gradients equal finite differences`, () => checkGradients(item, target))
    }
  })

describe('the cases', () => {
  it('cover every operator', () => {
    expect(Object.keys(operatorCases).sort()).toEqual(Object.keys(shapeRules).sort())
    expect(Object.entries(operatorCases).filter(([, cases]) => cases.length === 0)).toEqual([])
  })

  it('differentiate every operator that has a gradient rule', () => {
    const unchecked = (Object.keys(gradientRules) as OpName[]).filter((op) =>
      operatorCases[op].every((item) => item.differentiate.length === 0),
    )
    expect(unchecked).toEqual([])
  })

  it('each write the operator they are listed for', () => {
    for (const [op, cases] of Object.entries(operatorCases))
      for (const item of cases) expect(forwardGraph(item).nodes.map((node) => node.op)).toContain(op)
  })
})
