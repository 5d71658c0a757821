/** Cases of Loop: carried state, scanned outputs. */
import { GraphBuilder } from '#core/onnx/builder'
import { tensor } from '#core/tensor/dtype'
import { floats, type OperatorCase } from './case'

/** state ← state · factor + x; scans the state before each step. */
function body(): GraphBuilder {
  const b = new GraphBuilder('body')
  b.input('iteration', { dtype: 'int64', shape: [] })
  const condition = b.input('condition', { dtype: 'bool', shape: [] })
  const state = b.input('state', { dtype: 'float32', shape: [3] })
  const half = b.constant(tensor('float32', [3], [0.5, 2, -1]))
  b.output(b.Identity(condition), 'condition_out')
  b.output(b.Add(b.Mul(state, half), half), 'state_out')
  b.output(b.Identity(state), 'scanned')
  return b
}

export const controlFlowCases = {
  Loop: [
    {
      name: 'five iterations with a scanned output',
      inputs: { start: floats('start', [3]) },
      build: (b, v) => {
        const trips = b.constant(tensor('int64', [], [5]))
        const go = b.constant(tensor('bool', [], [1]))
        return b.op('Loop', [trips, go, v.start!], { body: body().graph }, 2)
      },
      differentiate: [],
    },
  ],
} satisfies Record<string, readonly OperatorCase[]>
