/** `layerloom inspect`: the layers of a project with shapes and costs, and every problem found in it. */
import { extname } from 'node:path'
import { analyze, isPartial, type LayerReport, type NetworkReport } from '#core/compiler/analyze'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { formatShape } from '#core/tensor/shape'
import { openDataset, type Dataset } from '../../data/openDataset'
import { defineCommand, type CommandContext } from '../command'
import { DONE, exitCodeFor } from '../../machine/exitCode'
import { loadProject, type ProjectFile } from '../loadProject'
import { parseSetting } from '../settings'
import type { Paint } from '../terminal'
import { setOption } from '../sharedOptions'
import { formatBytes, formatCount, formatLarge } from '../view/numbers'
import { describeProblems } from '../view/problems'
import { formatTable, type TextColumn } from '../view/table'
import { printable } from '../view/text'
import { describeModel, inspectModel, modelAsJson } from './inspectModel'
import { describeTensors, tensorsAsJson, tensorsAt } from './inspectWeights'

interface Inspection extends NetworkReport {
  readonly name: string
}

export const inspect = defineCommand({
  name: 'inspect',
  summary: 'Prints the layers of a project or model with their shapes, costs and problems.',
  arguments: [
    {
      name: 'project.loom',
      doc: 'A project, or an ONNX file to list its operators; with --weights a run, a checkpoint (.safetensors) or an ONNX file.',
    },
  ],
  options: {
    ...setOption,
    weights: { type: 'flag', doc: 'List the tensors: name, shape, type, minimum, mean and maximum.' },
    json: { type: 'flag', doc: 'Print one JSON object instead of a table.' },
  },
  examples: [
    'inspect resources/projects/mnist-cnn.loom',
    'inspect my.loom --set graph.nodes.conv1.params.kernelSize=5',
    'inspect model.onnx',
    'inspect runs/my-run --weights',
  ],
  async run({ arguments: [path], options }, { terminal }) {
    const isModel = extname(path!).toLowerCase() === '.onnx'
    if ((isModel || options.weights) && options.set.length > 0) failSet(path!)
    if (options.weights) {
      const tensors = await tensorsAt(path!)
      const text = options.json ? `${JSON.stringify(tensorsAsJson(path!, tensors))}\n` : undefined
      terminal.write(text ?? describeTensors(path!, tensors, terminal))
      return DONE
    }
    if (isModel) {
      const model = await inspectModel(path!)
      terminal.write(options.json ? `${JSON.stringify(modelAsJson(model))}\n` : describeModel(model, terminal))
      return DONE
    }
    const file = await loadProject(path!, options.set.map(parseSetting))
    const inspection = await inspectProject(file)
    terminal.write(options.json ? `${JSON.stringify(asJson(inspection))}\n` : describe(inspection, terminal))
    return inspection.problems.some(({ severity }) => severity === 'error') ? exitCodeFor(inspection.problems) : DONE
  },
})

function failSet(path: string): never {
  return fail('command-line', 'set-of-file', {}, { file: path })
}

/** Uses the data where it can be read, so that shapes and labels are the real ones. */
async function inspectProject({ project, projectFolder, notes }: ProjectFile): Promise<Inspection> {
  let data: Dataset | undefined
  let dataProblems: readonly Problem[] = []
  try {
    data = await openDataset(project.data, project.task, projectFolder)
    dataProblems = data.notes
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    dataProblems = error.problems
  }
  const report = data ? analyze(project, data.preprocess.shape, data.facts) : analyze(project)
  return { ...report, problems: [...notes, ...dataProblems, ...report.problems], name: project.name }
}

function asJson(inspection: Inspection) {
  const { name, layers, totals, problems } = inspection
  const rows = layers.map(({ id, kind, title, shape, parameters, trainable, macs, activationBytes }) => ({
    name: id,
    kind,
    title,
    shape: shape ?? null,
    parameters,
    trainable,
    macs,
    activationBytes,
  }))
  return { name, layers: rows, totals, partial: isPartial(inspection), problems }
}

const columns: readonly TextColumn[] = [
  { title: 'name', align: 'left' },
  { title: 'kind', align: 'left' },
  { title: 'output', align: 'left' },
  { title: 'parameters', align: 'right' },
  { title: 'MACs', align: 'right' },
  { title: 'activation', align: 'right' },
]

function describe(inspection: Inspection, { columns: width, paint }: CommandContext['terminal']): string {
  const { name, layers, problems } = inspection
  return [
    `${paint('bold', printable(name))}\n`,
    ...(layers.length === 0 ? [] : [layerTable(inspection, paint), notesOn(inspection)]),
    problems.length === 0 ? 'No problems.\n' : describeProblems(problems, width, paint),
  ].join('\n')
}

function layerTable(inspection: Inspection, paint: Paint): string {
  const { layers, totals } = inspection
  const { parameters, macs, activationBytes } = totals
  const name = isPartial(inspection) ? 'total (partial)' : 'total'
  const total = [name, '', '', formatCount(parameters), formatLarge(macs), formatBytes(activationBytes)]
  const [head, ...rows] = formatTable(columns, [...layers.map(rowOf), total])
  return `${[paint('dim', head!), ...rows.slice(0, -1), paint('bold', rows.at(-1)!)].join('\n')}\n`
}

function notesOn({ layers, totals }: Inspection): string {
  const { parameters, trainable, trainingBytes } = totals
  const frozen = parameters - trainable
  const learning = frozen === 0 ? 'all trainable' : `${formatCount(trainable)} trainable, ${formatCount(frozen)} frozen`
  const lines = [
    `Parameters: ${learning}. MACs (multiply-adds) and activation per sample.`,
    `A training step needs about ${formatBytes(trainingBytes)}.`,
    ...(layers.some(({ assumed }) => assumed)
      ? ['Shapes marked ? are assumed because of an error before them. Totals are partial.']
      : []),
  ]
  return lines.map((line) => `  ${line}\n`).join('')
}

function rowOf(layer: LayerReport): string[] {
  const shape = layer.shape ? formatShape(layer.shape) + (layer.assumed ? ' ?' : '') : '?'
  const dash = (value: number, text: string) => (value === 0 ? '–' : text)
  return [
    layer.id,
    layer.title,
    shape,
    dash(layer.parameters, formatCount(layer.parameters)),
    dash(layer.macs, formatLarge(layer.macs)),
    dash(layer.activationBytes, formatBytes(layer.activationBytes)),
  ]
}
