/** The operators, inputs, outputs and metadata of an ONNX file. */
import type { Graph, Node } from '#core/onnx/graph'
import { formatShape } from '#core/tensor/shape'
import { readModelFile, type ModelFile } from '../../models/modelFile'
import type { Terminal } from '../terminal'
import { formatBytes, formatCount } from '../view/numbers'
import { formatTable, type TextColumn } from '../view/table'
import { cut, printable, twoColumns } from '../view/text'

/** One operator. `parameters` are the constants it is the first to read. */
interface Operator {
  readonly name: string
  readonly op: string
  readonly shape: string | null
  readonly parameters: number
}

export interface ModelInspection {
  readonly path: string
  readonly file: ModelFile
  readonly operators: readonly Operator[]
}

/** @throws ProblemError `model-format` */
export async function inspectModel(path: string): Promise<ModelInspection> {
  const file = await readModelFile(path)
  return { path, file, operators: operatorsOf(file.graph) }
}

function operatorsOf(graph: Graph): Operator[] {
  const seen = new Set<string>()
  const count = (name: string): number => {
    const weights = seen.has(name) ? undefined : graph.initializers.get(name)
    seen.add(name)
    return weights?.data.length ?? 0
  }
  return graph.nodes.map((node: Node) => {
    const type = graph.types.get(node.outputs[0] ?? '')
    return {
      name: node.scope || (node.outputs[0] ?? ''),
      op: node.op,
      shape: type ? `${formatShape(type.shape)} ${type.dtype}` : null,
      parameters: node.inputs.reduce((sum, name) => sum + count(name), 0),
    }
  })
}

export function modelAsJson({ path, file, operators }: ModelInspection) {
  const { inputs, outputs, bytes, description } = file
  return {
    path,
    bytes: bytes.length,
    inputs: inputs.map(({ name, described }) => ({ name, type: described })),
    outputs: outputs.map(({ name, described }) => ({ name, type: described })),
    operators,
    parameters: total(operators),
    ...(description && { task: description.task, target: description.facts.target }),
  }
}

const total = (operators: readonly Operator[]): number => operators.reduce((sum, { parameters }) => sum + parameters, 0)

const NAME_WIDTH = 30
const columns: readonly TextColumn[] = [
  { title: 'name', align: 'left' },
  { title: 'operator', align: 'left' },
  { title: 'output', align: 'left' },
  { title: 'parameters', align: 'right' },
]

export function describeModel({ path, file, operators }: ModelInspection, { columns: width, paint }: Terminal): string {
  const { inputs, outputs, bytes, description } = file
  const rows = operators.map(({ name, op, shape, parameters }) => [
    cut(printable(name), NAME_WIDTH),
    op,
    shape ?? '–',
    parameters === 0 ? '–' : formatCount(parameters),
  ])
  const [head, ...lines] = formatTable(columns, [...rows, ['total', '', '', formatCount(total(operators))]])
  const target = description?.facts.target
  const said = target && (target.kind === 'classes' ? target.classes : target.names).map(printable).join(', ')
  const ports: [string, string][] = [
    ...inputs.map(({ name, described }): [string, string] => ['input', printable(`${name}: ${described}`)]),
    ...outputs.map(({ name, described }): [string, string] => ['output', printable(`${name}: ${described}`)]),
    ...(said === undefined
      ? []
      : [[target?.kind === 'classes' ? 'classes' : 'predicts', cut(said, 300)] as [string, string]]),
  ]
  return [
    `${paint('bold', printable(path))}  ${formatBytes(bytes.length)}\n`,
    twoColumns(ports, { indent: 2, columns: width }, (label) => paint('dim', label)),
    `${[paint('dim', head!), ...lines.slice(0, -1), paint('bold', lines.at(-1)!)].join('\n')}\n`,
  ].join('\n')
}
