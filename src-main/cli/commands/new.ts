/** `layerloom new`: creates a project from data, as the import in the window does, with a starting network. */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { analyze } from '#core/compiler/analyze'
import type { Project } from '#core/graph/project'
import { tasks } from '#core/losses/task'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'
import { importedProject, settingsOf, type ImportedSettings } from '#core/rpc/importedProject'
import { openDataset, type Dataset } from '../../data/openDataset'
import { openWork, type Progress } from '../../data/prepare/work'
import { TimeLeft } from '../../data/prepare/timeLeft'
import { saveProject } from '../../project/projectFiles'
import { proposalOf, unique } from '../dataReport/inspection'
import { defineCommand, type CommandContext } from '../command'
import { DONE, INTERRUPTED } from '../../machine/exitCode'
import { createProgressLine } from '../progressLine'
import { unlessInterrupted } from '../unlessInterrupted'
import { formatCount } from '../view/numbers'
import { shellWord, shortPath } from '../view/paths'
import { describePreparation } from '../view/preparation'
import { describeProblems } from '../view/problems'
import { printable, twoColumns } from '../view/text'

export const newProject = defineCommand({
  name: 'new',
  summary: 'Creates a project from data: its source, split and pre-transforms, and a network to start with.',
  arguments: [
    { name: 'data', doc: 'A table (CSV, TSV, Parquet), a folder of images or texts, IDX, NPY or NPZ files.' },
  ],
  options: {
    output: {
      type: 'text',
      value: 'FILE',
      short: 'o',
      doc: 'Output project; by default named after the data, in the current folder.',
    },
    label: { type: 'text', value: 'NAME', doc: 'The table column to predict; guessed by default.' },
    task: { type: 'choice', options: tasks, doc: 'The task; guessed by default.' },
    force: { type: 'flag', doc: 'Overwrite an existing project.' },
    json: { type: 'flag', doc: 'Print one JSON object instead of text.' },
  },
  examples: [
    'new flowers.csv --label species',
    'new photos/ -o pets.loom',
    'new prices.csv --label price --task regression',
  ],
  async run({ arguments: [path], options }, context) {
    const { terminal, interruption } = context
    const proposal = await proposalOf(resolve(path!), options.label)
    const settings = settingsOf(proposal, options.task ?? null)
    if (settings === null || hasErrors(proposal.problems)) throw new ProblemError(proposal.problems)
    const file = projectPath(options.output, settings.title)
    if (!options.force) await refuseExisting(file)
    const dataset = await unlessInterrupted(prepare(settings, path!, context), interruption)
    if (!dataset) return INTERRUPTED
    dataset.close()
    const made = importedProject(settings, newData(dataset), 'new')
    const { project } = await saveProject({
      path: file,
      from: null,
      revision: null,
      project: { ...made, id: randomUUID() },
    })
    const report = { file, project, dataset, problems: unique([...proposal.problems, ...dataset.notes]) }
    if (options.json) terminal.write(`${JSON.stringify(asJson(report))}\n`)
    else {
      terminal.write(describe(report, context))
      if (report.problems.length > 0)
        terminal.writeError(`\n${describeProblems(report.problems, terminal.columns, terminal.errorPaint)}`)
    }
    return DONE
  },
})

interface NewReport {
  readonly file: string
  readonly project: Project
  readonly dataset: Dataset
  /** Warnings about the data. */
  readonly problems: readonly Problem[]
}

const hasErrors = (problems: DataProposal['problems']): boolean => problems.some(({ severity }) => severity === 'error')

const newData = ({ facts, preprocess, splits }: Dataset) => ({
  facts,
  shape: preprocess.shape,
  count: splits.train.length,
})

/** Fits everything now, so that problems are reported here and training starts without delay. */
async function prepare(
  { data, task }: ImportedSettings,
  path: string,
  { terminal, interruption }: CommandContext,
): Promise<Dataset> {
  const line = createProgressLine(terminal)
  const left = new TimeLeft()
  const report = (progress: Progress): void =>
    line.show(describePreparation({ ...progress, secondsLeft: left.take(progress) }))
  const work = openWork(report, interruption)
  return openDataset(data, task, dirname(resolve(path)), { work }).finally(() => line.clear())
}

function projectPath(output: string | undefined, title: string): string {
  const name = output ?? title.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim()
  return resolve(extname(name).toLowerCase() === '.loom' ? name : `${name}.loom`)
}

async function refuseExisting(file: string): Promise<void> {
  const present = await stat(file).catch(() => undefined)
  if (!present) return
  fail('file-name', present.isDirectory() ? 'taken-folder' : 'taken', { name: basename(file) }, { file })
}

function asJson({ file, project, dataset, problems }: NewReport) {
  const { name, task, data, graph } = project
  const { train, validation, test } = dataset.splits
  return {
    file,
    name,
    task,
    source: data.source,
    samples: { train: train.length, validation: validation.length, test: test.length },
    target: dataset.facts.target,
    layers: graph.nodes.map(({ id, kind }) => ({ name: id, kind })),
    problems,
  }
}

function describe({ file, project, dataset }: NewReport, { terminal, program }: CommandContext): string {
  const { columns, paint } = terminal
  const { facts, splits, preprocess } = dataset
  const { target } = facts
  const { totals } = analyze(project, preprocess.shape, facts)
  const asked =
    target.kind === 'classes'
      ? `classification in ${formatCount(target.classes.length)} classes`
      : `regression of ${target.names.slice(0, 5).map(printable).join(', ')}`
  const counts = [splits.train, splits.validation, splits.test].map(({ length }) => formatCount(length))
  const kinds = project.graph.nodes.map(({ kind }) => kind).join(' → ')
  const name = shellWord(shortPath(file))
  const rows: [string, string][] = [
    ['task', asked],
    ['samples', `${counts[0]} training · ${counts[1]} validation · ${counts[2]} test`],
    ['network input', `${preprocess.shape.join(' × ')} ${preprocess.dtype}`],
    ['network', `${kinds}, ${formatCount(totals.parameters)} parameters`],
  ]
  const next: [string, string][] = [
    [`${program} train ${name}`, 'train it'],
    [`${program} inspect ${name}`, 'show its layers and problems'],
    [`${program} data inspect ${name}`, 'inspect the data'],
  ]
  return [
    `${paint('bold', printable(shortPath(file)))}\n`,
    twoColumns(rows, { indent: 2, columns }, (label) => paint('dim', label)),
    `${paint('bold', 'Next')}\n${twoColumns(next, { indent: 2, columns }, (label) => paint('cyan', label))}`,
  ].join('\n')
}
