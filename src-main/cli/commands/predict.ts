/** `layerloom predict`: predictions of a trained model for images, texts, arrays or table rows. */
import { realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fail, type Problem } from '#core/problems/problem'
import type { PredictedSamples, Prediction, PredictReport } from '../../engine/messages'
import { writeAtomically } from '../../disk/atomicFile'
import { answerTable } from '../answerTable'
import { answerOrInterrupted } from '../engine'
import { defineCommand } from '../command'
import { DONE, exitCodeFor, FAILED } from '../../machine/exitCode'
import { jsonLines } from '../sharedOptions'
import { printErrorLine } from '../view/jsonLines'
import { formatCount, formatFigure } from '../view/numbers'
import { shortPath } from '../view/paths'
import { describeProblems } from '../view/problems'
import { alignRows } from '../view/table'
import { cut, printable } from '../view/text'
import type { Terminal } from '../terminal'

export const predict = defineCommand({
  name: 'predict',
  summary: 'Predicts with a run or an exported model on images, table rows, texts and arrays.',
  arguments: [
    { name: 'run|model.onnx', doc: 'A run folder, or an ONNX file exported by Layerloom.' },
    {
      name: 'file',
      several: true,
      optional: true,
      doc: 'Images, of any size if the project resizes them (PNG, JPEG, WebP, BMP, TIFF, GIF, PGM, PPM), tables with the columns of the training data (CSV, TSV, Parquet), text files, IDX, NPY; or folders of these, searched recursively.',
    },
  ],
  options: {
    text: { type: 'list', value: 'TEXT', doc: 'A text, for text models. Can be repeated.' },
    output: {
      type: 'text',
      value: 'FILE',
      short: 'o',
      doc: 'Write the predictions as a table (.csv, or .tsv with tabs): file, row, answer, and the probability of every class.',
    },
    top: { type: 'count', value: 'N', doc: 'Classes to print per sample, most probable first; 3 by default.' },
    threads: { type: 'count', value: 'N', doc: 'CPU threads; all physical cores by default.' },
    json: jsonLines,
  },
  examples: [
    'predict runs/my-run photo.jpg',
    'predict runs/my-run photos/ -o answers.csv',
    'predict model.onnx rows.csv --top 1 --json',
    'predict runs/spam --text "Win a prize today"',
  ],
  async run({ arguments: [target, ...files], options }, { terminal, interruption }) {
    const { text: texts, output, top = 3, threads, json } = options
    if (files.length === 0 && texts.length === 0) failNothing()
    if (output !== undefined) await checkOutput(output, [target!, ...files])
    return answerOrInterrupted(interruption, async (engine) => {
      const report = await engine.predict({
        target: target!,
        files,
        top: output === undefined ? top : ALL,
        keepGoing: true,
        ...(texts.length > 0 && { texts }),
        ...(threads !== undefined && { threads }),
      })
      const shown = output === undefined ? report : cutToTop(report, top)
      if (json) printJson(shown, texts, terminal)
      reportFailures(report, json, terminal)
      if (output !== undefined) await writeAtomically(resolve(output), answerTable(report, texts, output))
      if (!json) terminal.write(output === undefined ? describe(shown, texts) : describeTable(report, output, terminal))
      return codeOf(report)
    })
  },
})

/** More classes than any model has. */
const ALL = Number.MAX_SAFE_INTEGER

/** Checked before any work is done. */
async function checkOutput(output: string, inputs: readonly string[]): Promise<void> {
  const path = await realpath(output).catch(() => resolve(output))
  for (const input of inputs)
    if ((await realpath(input).catch(() => resolve(input))) === path)
      fail('command-line', 'over-input', { received: output })
  const folder = await stat(dirname(path)).catch(() => undefined)
  if (!folder?.isDirectory()) fail('command-line', 'no-folder', { received: output })
  if ((await stat(path).catch(() => undefined))?.isDirectory())
    fail('command-line', 'output-folder', { received: output })
}

/** What to print when the table file has everything. */
function cutToTop(report: PredictReport, top: number): PredictReport {
  const cutOne = (prediction: Prediction): Prediction =>
    prediction.kind === 'classes' ? { ...prediction, classes: prediction.classes.slice(0, top) } : prediction
  const cutAll = <T extends PredictedSamples>(samples: T): T => ({
    ...samples,
    predictions: samples.predictions.map(cutOne),
  })
  return { ...report, files: report.files.map(cutAll), ...(report.texts && { texts: cutAll(report.texts) }) }
}

/** Files without a prediction, each with its problem. */
function reportFailures({ failures }: PredictReport, json: boolean, terminal: Terminal): void {
  for (const { file, problems } of failures)
    if (json) printErrorLine(terminal, problems, { file })
    else terminal.writeError(`${describeProblems(problems, terminal.columns, terminal.errorPaint)}\n`)
}

/** If there are no predictions at all, the input was wrong; if there are some, the rest failed. */
function codeOf({ files, texts, failures }: PredictReport): number {
  if (failures.length === 0) return files.some(({ predictions }) => predictions.some(isUnusable)) ? FAILED : DONE
  return files.length === 0 && !texts ? exitCodeFor(failures.flatMap(({ problems }) => problems)) : FAILED
}

function describeTable(report: PredictReport, output: string, { paint }: Terminal): string {
  const count = answerCount(report)
  const answered = count === 1 ? 'one prediction' : `${formatCount(count)} predictions`
  return `${paint('bold', printable(shortPath(output)))}  ${answered}${withoutAnswer(report)}\n`
}

const isUnusable = ({ kind }: Prediction): boolean => kind === 'unusable'

const answerCount = ({ files, texts }: PredictReport): number =>
  [...files, ...(texts ? [texts] : [])].reduce(
    (sum, { predictions }) => sum + predictions.filter((each) => !isUnusable(each)).length,
    0,
  )

function withoutAnswer({ files, failures }: PredictReport): string {
  const rows = files.reduce((sum, { predictions }) => sum + predictions.filter(isUnusable).length, 0)
  const ofRows = rows === 0 ? '' : rows === 1 ? '; one row failed' : `; ${formatCount(rows)} rows failed`
  return `${ofRows}${ofFailures(failures.length)}`
}

function ofFailures(count: number): string {
  if (count === 0) return ''
  return count === 1 ? '; one file failed' : `; ${formatCount(count)} files failed`
}

/** One line per sample; `sample` counts from 0 within its file, or among the texts. */
function printJson({ files, texts }: PredictReport, given: readonly string[], { write }: Terminal): void {
  const lines = (of: (sample: number) => object, { predictions }: PredictedSamples): void =>
    predictions.forEach(({ kind: _kind, ...answer }, sample) =>
      write(`${JSON.stringify({ event: 'prediction', ...of(sample), sample, ...answer })}\n`),
    )
  for (const { file, ...samples } of files) lines(() => ({ file }), samples)
  if (texts) lines((sample) => ({ text: given[sample] }), texts)
}

/** Cells of a text to show before its prediction. */
const TEXT_WIDTH = 40

/** Rows count from 1, as in the window and in prediction tables. */
function describe({ files, texts }: PredictReport, given: readonly string[]): string {
  const ofFiles = files.flatMap(({ file, predictions }) =>
    predictions.map((prediction, sample) => [
      printable(predictions.length === 1 ? file : `${file} #${sample + 1}`),
      ...answers(prediction),
    ]),
  )
  const ofTexts = (texts?.predictions ?? []).map((prediction, i) => [
    `“${cut(printable(given[i]!), TEXT_WIDTH)}”`,
    ...answers(prediction),
  ])
  const rows = [...ofFiles, ...ofTexts]
  return rows.length === 0 ? '' : `${alignRows(rows).join('\n')}\n`
}

function failNothing(): never {
  return fail('command-line', 'no-samples')
}

function answers(prediction: Prediction): string[] {
  if (prediction.kind === 'unusable') return [`no prediction: ${printable(problemLine(prediction.problem))}`]
  return prediction.kind === 'classes'
    ? prediction.classes.map(({ name, probability }) => `${printable(name)} ${formatFigure(probability)}`)
    : prediction.numbers.map(({ name, value }) => `${printable(name)} ${formatFigure(value)}`)
}

/** `line 3, column city: The category is not one that the model knows ("Bonn").` */
function problemLine({ place: { line, column }, message, received }: Problem): string {
  const where = [...(line === undefined ? [] : [`line ${line}`]), ...(column === undefined ? [] : [`column ${column}`])]
  return `${where.length > 0 ? `${where.join(', ')}: ` : ''}${message}${received === undefined ? '' : ` (${received})`}`
}
