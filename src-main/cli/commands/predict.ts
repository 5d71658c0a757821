/** `layerloom predict`: what a trained model answers to images, texts, arrays or rows of a table. */
import { fail } from '#core/problems/problem'
import type { PredictedSamples, Prediction, PredictReport } from '../../engine/messages'
import { answerOrInterrupted } from '../engine'
import { defineCommand } from '../command'
import { DONE } from '../exitCode'
import { jsonLines } from '../sharedOptions'
import { formatFigure } from '../view/numbers'
import { alignRows } from '../view/table'
import { cut, printable } from '../view/text'
import type { Terminal } from '../terminal'

export const predict = defineCommand({
  name: 'predict',
  summary: 'Answers with a run or an exported model for images, rows of tables, texts and arrays.',
  arguments: [
    { name: 'run|model.onnx', doc: 'A run folder, or an ONNX file that Layerloom exported.' },
    {
      name: 'file',
      several: true,
      optional: true,
      doc: 'Images of any size where the project resizes them (PNG, JPEG, WebP, BMP, TIFF, GIF, PGM, PPM), tables with the columns of the data (CSV, TSV, Parquet), text files, IDX, NPY.',
    },
  ],
  options: {
    text: { type: 'list', value: 'TEXT', doc: 'A text itself, for models of texts. May be repeated.' },
    top: { type: 'count', value: 'N', doc: 'Classes to name for each sample, the most probable first; 3 by default.' },
    threads: { type: 'count', value: 'N', doc: 'Threads for the CPU; all physical cores by default.' },
    json: jsonLines,
  },
  examples: [
    'predict runs/my-run photo.jpg',
    'predict model.onnx rows.csv --top 1 --json',
    'predict runs/spam --text "Win a prize today"',
  ],
  run({ arguments: [target, ...files], options: { text: texts, top = 3, threads, json } }, { terminal, interruption }) {
    if (files.length === 0 && texts.length === 0) failNothing()
    return answerOrInterrupted(interruption, async (engine) => {
      const report = await engine.predict({
        target: target!,
        files,
        top,
        ...(texts.length > 0 && { texts }),
        ...(threads !== undefined && { threads }),
      })
      if (json) printJson(report, texts, terminal)
      else terminal.write(describe(report, texts))
      return DONE
    })
  },
})

/** One line a sample; `sample` counts within its file, or among the texts, from 0. */
function printJson({ files, texts }: PredictReport, given: readonly string[], { write }: Terminal): void {
  const lines = (of: (sample: number) => object, { predictions }: PredictedSamples): void =>
    predictions.forEach(({ kind: _kind, ...answer }, sample) =>
      write(`${JSON.stringify({ event: 'prediction', ...of(sample), sample, ...answer })}\n`),
    )
  for (const { file, ...samples } of files) lines(() => ({ file }), samples)
  if (texts) lines((sample) => ({ text: given[sample] }), texts)
}

/** Cells of a text that are shown before its answer. */
const TEXT_WIDTH = 40

function describe({ files, texts }: PredictReport, given: readonly string[]): string {
  const ofFiles = files.flatMap(({ file, predictions }) =>
    predictions.map((prediction, sample) => [
      printable(predictions.length === 1 ? file : `${file} #${sample}`),
      ...answers(prediction),
    ]),
  )
  const ofTexts = (texts?.predictions ?? []).map((prediction, i) => [
    `“${cut(printable(given[i]!), TEXT_WIDTH)}”`,
    ...answers(prediction),
  ])
  return `${alignRows([...ofFiles, ...ofTexts]).join('\n')}\n`
}

function failNothing(): never {
  return fail({
    code: 'command-line',
    place: {},
    message: 'predict needs a file, or a text by --text.',
    expected: 'a file with samples, or --text',
    received: 'nothing',
    fix: 'See layerloom predict --help.',
  })
}

function answers(prediction: Prediction): string[] {
  return prediction.kind === 'classes'
    ? prediction.classes.map(({ name, probability }) => `${printable(name)} ${formatFigure(probability)}`)
    : prediction.numbers.map(({ name, value }) => `${printable(name)} ${formatFigure(value)}`)
}
