/**
 * Which inputs ONNX Runtime overwrites when running an operator: determined for every operator and compared to the list
 * that the passes use.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { prune } from '#core/compiler/passes/prune'
import { shareDuplicates } from '#core/compiler/passes/shareDuplicates'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph, Value } from '#core/onnx/graph'
import { checkOverwrites, overwrittenInputs } from '#core/onnx/overwrites'
import { tensor } from '#core/tensor/dtype'
import { probeBlockSize } from '../../support/blockSize'
import { openModel, runOnnx } from '../../support/runOnnx'
import type { OperatorCase } from './operators/case'
import { operatorCases } from './operators/index'

let blockSize = 1
beforeAll(async () => {
  blockSize = await probeBlockSize()
})

const copied = (dtype: string) => dtype === 'float32' || dtype === 'int32' || dtype === 'int64'

/** The case on copies of its inputs; each copy is read again after the operator has run, as `after.<input>`. */
function watched(item: OperatorCase): { graph: Graph; copies: ReadonlyMap<string, string> } {
  const b = new GraphBuilder('watched')
  const given = Object.entries(item.inputs).map(([name, { dtype, shape }]): [string, Value] => {
    const x = b.input(name, { dtype, shape })
    return [name, copied(dtype) ? b.Neg(b.Neg(x)) : x]
  })
  const result = item.build(b, Object.fromEntries(given), blockSize)
  const y = Array.isArray(result) ? (result as Value[])[0]! : (result as Value)
  const number = b.Cast(y, { to: 'float32' })
  const sum = y.type.shape.length === 0 ? number : b.ReduceSum(number, [...y.type.shape.keys()])
  // 0, but only once the operator has run.
  const zero = b.Less(sum, sum)
  for (const [name, copy] of given)
    if (copied(copy.type.dtype)) b.output(b.Add(copy, b.Cast(zero, { to: copy.type.dtype })), `after.${name}`)
  return { graph: b.graph, copies: new Map(given.map(([name, { name: copy }]) => [name, copy])) }
}

/** Indices of the operator's inputs whose values have changed after it has run. */
async function destroyed(op: string, item: OperatorCase): Promise<number[]> {
  const { graph, copies } = watched(item)
  if (graph.outputs.length === 0) return []
  const results = await runOnnx(graph, item.inputs)
  const node = graph.nodes.find((other) => other.op === op)!
  return Object.entries(item.inputs)
    .filter(([name, { dtype, data }]) => copied(dtype) && !same(results[`after.${name}`]!.data, data))
    .map(([name]) => node.inputs.indexOf(copies.get(name)!))
}

const same = (a: ArrayLike<unknown>, b: ArrayLike<unknown>) => Array.from(a).every((value, i) => Object.is(value, b[i]))

describe('overwritten inputs', () => {
  for (const [op, cases] of Object.entries(operatorCases))
    it(`${op}: as listed, in every case`, async (context) => {
      if (op.startsWith('nchwc.') && blockSize === 1) context.skip('ONNX Runtime has no blocked layout on this machine')
      for (const item of cases) {
        const node = watched(item).graph.nodes.find((other) => other.op === op)!
        expect(await destroyed(op, item), item.name).toEqual(overwrittenInputs(node))
      }
    })
})

/**
 * The variance of a batch, and a number computed by another node from the zeros that the kernel gets as its old
 * variance.
 */
function twice(): Graph {
  const b = new GraphBuilder('twice')
  const x = b.input('x', { dtype: 'float32', shape: [4, 1] })
  const old = b.input('old', { dtype: 'float32', shape: [1] })
  const one = b.constant(tensor('float32', [1], [1]))
  const zeroed = () => b.Mul(old, b.scalar(0))
  const inputs = [x, one, old, zeroed(), b.Mul(old, b.scalar(-0))]
  const [y, mean] = b.op('BatchNormalization', inputs, { training_mode: 1, momentum: 0, epsilon: 1e-5 }, 3)
  b.output(y!, 'y')
  b.output(b.Add(zeroed(), mean!), 'mean')
  return b.graph
}

describe('passes and overwritten values', () => {
  it('leave them to their single reader', async () => {
    const graph = shareDuplicates(prune(twice()))
    const model = await openModel(graph, { optimization: 'disabled' })
    const x = tensor('float32', [4, 1], [1, 2, 3, 6])
    const { mean } = await model.run({ x, old: tensor('float32', [1], [5]) })
    await model.release()
    // If the two zeros were one value, both would contain the mean: 6.
    expect(mean!.data).toEqual(Float32Array.of(3))
  })

  it('reject a graph in which ONNX Runtime would merge them with another value', () => {
    expect(() => checkOverwrites(twice())).toThrow('computed twice')
  })
})
