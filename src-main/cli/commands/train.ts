/** `layerloom train`: trains a project, or resumes a run, and shows its progress. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, type Problem } from '#core/problems/problem'
import type { TrainJob } from '../../engine/messages'
import { RECORD } from '../../runs/store'
import { defineCommand, type OptionValues } from '../command'
import { followRun } from '../followRun'
import { loadOwnProject } from '../loadProject'
import { refuseData } from '../refuseData'
import { parseSetting } from '../settings'
import { jsonLines, setOption } from '../sharedOptions'
import { trainingOptions, trainingSettingsOf } from '../trainingOptions'
import { describeProblems } from '../view/problems'
import { runName } from '../runName'

const options = {
  ...trainingOptions,
  limit: { type: 'count', value: 'N', doc: 'Use only N training samples, drawn with the seed.' },
  ...setOption,
  'no-test': {
    type: 'flag',
    doc: 'Leave the test set unused; `evaluate` can measure it later, and counts every use.',
  },
  out: {
    type: 'text',
    value: 'DIR',
    doc: 'Run folder to create; by default named by time and project, in ./runs.',
  },
  json: jsonLines,
} as const

export const train = defineCommand({
  name: 'train',
  summary: 'Trains a project and saves weights, metrics and the ONNX model in a run folder.',
  arguments: [{ name: 'project.loom', doc: 'The project, or the folder of an interrupted run to resume.' }],
  options,
  examples: [
    'train resources/projects/mnist-cnn.loom',
    'train resources/projects/mnist-mlp.loom --epochs 10 --learning-rate 0.05 --set training.optimizer.momentum=0.9',
    'train resources/projects/mnist-cnn.loom --limit 2000 --epochs 1 --json',
  ],
  async run({ arguments: [path], options }, context) {
    const { job, notes } = await jobOf(path!, options)
    const { terminal } = context
    if (!options.json && notes.length > 0)
      terminal.writeError(describeProblems(notes, terminal.columns, terminal.errorPaint))
    return followRun(job, context, options.json)
  },
})

type TrainOptions = OptionValues<typeof options>

async function jobOf(path: string, given: TrainOptions): Promise<{ job: TrainJob; notes: readonly Problem[] }> {
  // `--set` last, so that it has the last word.
  const settings = [...trainingSettingsOf(given), ...given.set.map(parseSetting)]
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    if (!(await stat(join(path, RECORD)).catch(() => undefined))) await refuseData(path)
    if (settings.length > 0 || given.out !== undefined || given.limit !== undefined) failContinued(path)
    return { job: { resume: path, ...(given['no-test'] && { sealed: true }) }, notes: [] }
  }
  const { project, projectFolder, notes } = await loadOwnProject(path, settings)
  const out = given.out ?? join('runs', runName(path))
  return {
    job: {
      project,
      projectFolder,
      out,
      ...(given.limit !== undefined && { limit: given.limit }),
      ...(given['no-test'] && { sealed: true }),
    },
    notes,
  }
}

function failContinued(path: string): never {
  return fail('command-line', 'resumed', {}, { file: path })
}
