/** `layerloom predict`: what a trained model answers to images, arrays or rows of a table. */
import type { Prediction, PredictReport } from '../../engine/messages'
import { answerOrInterrupted } from '../engine'
import { defineCommand } from '../command'
import { DONE } from '../exitCode'
import { jsonLines } from '../sharedOptions'
import { formatFigure } from '../view/numbers'
import { alignRows } from '../view/table'
import { printable } from '../view/text'
import type { Terminal } from '../terminal'

export const predict = defineCommand({
  name: 'predict',
  summary: 'Answers with a run or an exported model for files that hold samples.',
  arguments: [
    { name: 'run|model.onnx', doc: 'A run folder, or an ONNX file that Layerloom exported.' },
    {
      name: 'file',
      several: true,
      doc: 'Samples as the data of the project has them: PGM, PPM, NPY or IDX images, CSV tables.',
    },
  ],
  options: {
    top: { type: 'count', value: 'N', doc: 'Classes to name for each sample, the most probable first; 3 by default.' },
    threads: { type: 'count', value: 'N', doc: 'Threads for the CPU; all physical cores by default.' },
    json: jsonLines,
  },
  examples: ['predict runs/my-run digit.pgm', 'predict model.onnx rows.csv --top 1 --json'],
  run({ arguments: [target, ...files], options: { top = 3, threads, json } }, { terminal, interruption }) {
    return answerOrInterrupted(interruption, async (engine) => {
      const report = await engine.predict({ target: target!, files, top, ...(threads !== undefined && { threads }) })
      if (json) printJson(report, terminal)
      else terminal.write(describe(report))
      return DONE
    })
  },
})

/** One line a sample; `sample` counts within its file from 0. */
function printJson({ files }: PredictReport, { write }: Terminal): void {
  for (const { file, predictions } of files) {
    predictions.forEach(({ kind: _kind, ...answer }, sample) => {
      write(`${JSON.stringify({ event: 'prediction', file, sample, ...answer })}\n`)
    })
  }
}

function describe({ files }: PredictReport): string {
  const rows = files.flatMap(({ file, predictions }) =>
    predictions.map((prediction, sample) => [
      printable(predictions.length === 1 ? file : `${file} #${sample}`),
      ...answers(prediction),
    ]),
  )
  return `${alignRows(rows).join('\n')}\n`
}

function answers(prediction: Prediction): string[] {
  return prediction.kind === 'classes'
    ? prediction.classes.map(({ name, probability }) => `${printable(name)} ${formatFigure(probability)}`)
    : prediction.numbers.map(({ name, value }) => `${printable(name)} ${formatFigure(value)}`)
}
