/**
 * Three ways to repeat a step. CPU and CUDA run a Loop of K steps per call; WebGPU runs one step per call with its
 * state
 * resident on the device; DirectML runs K unrolled steps. The reasons: docs/decisions.
 */
import { GraphBuilder } from '../onnx/builder'
import type { Graph, Value } from '../onnx/graph'
import { tensor } from '../tensor/dtype'
import type { StepProgram } from './packing'
import { inlineGraph } from './passes/inlineGraph'

/** Names of the state buffers of a step, without the `next.` of their outputs. */
export function stateNames(program: Pick<StepProgram, 'state' | 'slots'>): string[] {
  const { parameters, statistics } = program.state
  return [
    ...(parameters.total > 0 ? ['parameters', ...program.slots.map((name) => `slot.${name}`)] : []),
    ...(statistics.total > 0 ? ['statistics'] : []),
  ]
}

/** Inputs that are the same in every step. */
const shared = (graph: Graph) => graph.inputs.filter(({ name }) => ['samples', 'targets', 'frozen'].includes(name))

/** Inputs with one row per step, besides `indices`: `scalars` and, if the transforms draw random numbers, `draws`. */
const numbered = (graph: Graph) => graph.inputs.filter(({ name }) => ['scalars', 'draws'].includes(name))

/**
 * K steps in an ONNX Loop, K given by the shapes of `indices` [K, batch], `scalars` [K, …] and `draws` [K, batch, …] and by
 * `trips`.
 * Outputs: the state after the last step, `loss` [K], `prediction` [K, batch, outputs].
 */
export function asLoop(program: StepProgram): Graph {
  const step = program.graph
  const state = stateNames(program)
  const typeOf = (name: string) => step.types.get(name)!
  const b = new GraphBuilder('training')
  const trips = b.input('trips', { dtype: 'int64', shape: [] })
  const common = shared(step).map(({ name, type }) => b.input(name, type))
  const indices = b.input('indices', { dtype: 'int64', shape: ['N', program.batchSize] })
  const numbers = numbered(step).map(({ name, type }) => b.input(name, { ...type, shape: ['N', ...type.shape] }))
  const start = state.map((name) => b.input(name, typeOf(name)))

  const body = new GraphBuilder('body')
  const iteration = body.input('iteration', { dtype: 'int64', shape: [] })
  const goOn = body.input('continue', { dtype: 'bool', shape: [] })
  const carried = state.map((name) => body.input(`in.${name}`, typeOf(name)))
  const pick = (rows: Value) => body.Gather(body.capture(rows), iteration, { axis: 0 })
  const bindings = new Map<string, Value>([
    ...common.map((value): [string, Value] => [value.name, body.capture(value)]),
    ...state.map((name, i): [string, Value] => [name, carried[i]!]),
    ['indices', pick(indices)],
    ...numbers.map((value): [string, Value] => [value.name, pick(value)]),
  ])
  body.output(body.Identity(goOn), 'go_on')
  const results = inlineGraph(body, step, bindings)
  for (const name of state) body.output(results.get(`next.${name}`)!, `out.${name}`)
  body.output(results.get('loss')!, 'out.loss')
  body.output(results.get('prediction')!, 'out.prediction')

  const yes = b.constant(tensor('bool', [], [1]))
  const names = [...state.map((name) => `next.${name}`), 'loss', 'prediction']
  const outputs = b.node('Loop', [trips, yes, ...start], { body: body.graph }, names)
  for (const value of outputs) b.output(value, value.name)
  return b.graph
}

/** One step per call; its state outputs are fed back directly. */
export function asSingle(program: StepProgram): Graph {
  return program.graph
}

/** `count` unrolled steps: the form for providers without a Loop kernel. Inputs and outputs as in `asLoop`. */
export function asUnrolled(program: StepProgram, count: number): Graph {
  const step = program.graph
  const state = stateNames(program)
  const b = new GraphBuilder('training')
  const common = shared(step).map(({ name, type }): [string, Value] => [name, b.input(name, type)])
  const indexType = step.types.get('indices')!.dtype
  const indices = b.input('indices', { dtype: indexType, shape: [count, program.batchSize] })
  const numbers = numbered(step).map(({ name, type }) => b.input(name, { ...type, shape: [count, ...type.shape] }))
  let current = new Map(state.map((name) => [name, b.input(name, step.types.get(name)!)]))
  const losses: Value[] = []
  const predictions: Value[] = []
  for (let k = 0; k < count; k++) {
    const row = (rows: Value) => b.Squeeze(b.Slice(rows, [k], [k + 1], [0]), [0])
    const bindings = new Map([
      ...common,
      ...current,
      ['indices', row(indices)] as const,
      ...numbers.map((value) => [value.name, row(value)] as const),
    ])
    const results = inlineGraph(b, step, bindings, `.${k}`)
    current = new Map(state.map((name) => [name, results.get(`next.${name}`)!]))
    losses.push(b.Unsqueeze(results.get('loss')!, [0]))
    predictions.push(b.Unsqueeze(results.get('prediction')!, [0]))
  }
  for (const [name, value] of current) b.output(value, `next.${name}`)
  b.output(b.Concat(losses, { axis: 0 }), 'loss')
  b.output(b.Concat(predictions, { axis: 0 }), 'prediction')
  return b.graph
}
