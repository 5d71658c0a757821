/**
 * Runs a graph in float64 with naive loops: independent of ONNX Runtime and of the gradient rules, so that finite
 * differences have sixteen digits of precision and there is a third opinion when the runtime disagrees.
 */
import type { Graph, Node } from '#core/onnx/graph'
import type { OpName } from '#core/onnx/ops'
import { array64, fromTensor, type Array64 } from './array'
import { blocked } from './blocked'
import { convolutions } from './convolution'
import { elementwise } from './elementwise'
import { matrix } from './matrix'
import { movement } from './movement'
import type { Operator } from './operator'
import { reduction } from './reduction'

/** Loop needs the surrounding graph and is handled by the interpreter itself. */
const operators: Record<Exclude<OpName, 'Loop'>, Operator> = {
  ...elementwise,
  ...reduction,
  ...matrix,
  ...convolutions,
  ...movement,
  ...blocked,
}

export interface InterpretOptions {
  /** Channels per block of the NCHWc operators in the graph, if there are any. */
  readonly blockSize: number
}

type Values = Map<string, Array64>

/** Computes the outputs of a graph by name from its inputs by name. */
export function interpret(
  graph: Graph,
  inputs: Readonly<Record<string, Array64>>,
  { blockSize }: InterpretOptions = { blockSize: 1 },
): Record<string, Array64> {
  const values: Values = new Map(Object.entries(inputs))
  const outputs = runGraph(graph, values, blockSize)
  return Object.fromEntries(graph.outputs.map(({ name }, i) => [name, outputs[i]!]))
}

function runGraph(graph: Graph, values: Values, blockSize: number): Array64[] {
  for (const [name, data] of graph.initializers) values.set(name, fromTensor(data))
  for (const { name } of graph.inputs) if (!values.has(name)) throw new Error(`reference: input ${name} is not given`)
  for (const node of graph.nodes) {
    const results = runNode(node, values, blockSize)
    node.outputs.forEach((name, i) => {
      if (name === '') return
      if (!results[i]) throw new Error(`reference: ${node.op} did not make output ${i}`)
      values.set(name, results[i])
    })
  }
  return graph.outputs.map(({ name }) => valueOf(values, name))
}

function valueOf(values: Values, name: string): Array64 {
  const value = values.get(name)
  if (!value) throw new Error(`reference: ${name} is used before it is computed`)
  return value
}

function runNode(node: Node, values: Values, blockSize: number): Array64[] {
  const inputs = node.inputs.map((name) => (name === '' ? undefined : valueOf(values, name)))
  if (node.op === 'Loop') return runLoop(node, inputs, values, blockSize)
  return operators[node.op]({ inputs, attributes: node.attributes, outputs: node.outputs.length, blockSize })
}

/**
 * Body: (iteration, condition, …state) → (condition, …state, …scanned); scanned values are stacked along a new first
 * axis.
 */
function runLoop(node: Node, inputs: readonly (Array64 | undefined)[], outer: Values, blockSize: number): Array64[] {
  const body = node.attributes.body as Graph
  const limit = inputs[0]?.data[0] ?? Infinity
  let condition = inputs[1] ?? array64('bool', [], Float64Array.of(1))
  let state = inputs.slice(2) as Array64[]
  const scanned: Array64[][] = body.outputs.slice(1 + state.length).map(() => [])
  for (let iteration = 0; iteration < limit && condition.data[0] !== 0; iteration++) {
    const values: Values = new Map(outer)
    const given = [array64('int64', [], Float64Array.of(iteration)), condition, ...state]
    body.inputs.forEach(({ name }, i) => values.set(name, given[i]!))
    const [next, ...results] = runGraph(body, values, blockSize)
    condition = next!
    state = results.slice(0, state.length)
    results.slice(state.length).forEach((value, i) => scanned[i]!.push(value))
  }
  return [...state, ...scanned.map(stack)]
}

function stack(values: readonly Array64[]): Array64 {
  const first = values[0]
  if (!first) throw new Error('reference: a loop of zero iterations has no shape to stack')
  const data = new Float64Array(values.length * first.data.length)
  values.forEach((value, i) => data.set(value.data, i * first.data.length))
  return array64(first.dtype, [values.length, ...first.shape], data)
}
