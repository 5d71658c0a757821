/**
 * `layerloom evaluate`: loss and metrics of a run's best weights, or of an exported model, on its own data or on other
 * labeled data.
 */
import { resolve } from 'node:path'
import type { EvaluateReport } from '../../engine/messages'
import { answerOrInterrupted } from '../engine'
import { defineCommand } from '../command'
import { DONE } from '../../machine/exitCode'
import { jsonLines } from '../sharedOptions'
import { figureName, formatFigureOf } from '../view/metrics'
import { counted, formatCount } from '../view/numbers'
import { shortPath } from '../view/paths'
import { printable, twoColumns } from '../view/text'

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'Evaluates a run or an exported model on a split of its data, or on other labeled data.',
  arguments: [{ name: 'run|model.onnx', doc: 'A run folder, or an ONNX file exported by Layerloom.' }],
  options: {
    split: { type: 'choice', options: ['test', 'validation'], doc: 'The split to evaluate on; test by default.' },
    data: {
      type: 'text',
      value: 'PATH',
      doc: 'The current location of the data, or other labeled data (a table, a folder of class folders), evaluated as a whole.',
    },
    threads: { type: 'count', value: 'N', doc: 'CPU threads; all physical cores by default.' },
    json: jsonLines,
  },
  examples: [
    'evaluate runs/my-run',
    'evaluate model.onnx --split validation --json',
    'evaluate model.onnx --data newer.csv',
  ],
  run({ arguments: [target], options }, { terminal, interruption }) {
    return answerOrInterrupted(interruption, async (engine) => {
      const { split, data, threads } = options
      const report = await engine.evaluate({
        target: target!,
        ...(split !== undefined && { split }),
        ...(data !== undefined && { data: resolve(data) }),
        ...(threads !== undefined && { threads }),
      })
      if (options.json) {
        terminal.write(`${JSON.stringify({ event: 'evaluation', ...report })}\n`)
        return DONE
      }
      const rows = ['loss', ...report.metrics].map((kind): [string, string] => [
        figureName(kind),
        formatFigureOf(kind, report.figures[kind]!, report.unit),
      ])
      const title = `${printable(shortPath(report.target))} on ${samplesOf(report)}`
      terminal.write(
        `${terminal.paint('bold', title)}\n\n${twoColumns(rows, { indent: 2, columns: terminal.columns })}`,
      )
      if (report.unlabelled !== undefined)
        terminal.write(`\n  ${formatCount(report.unlabelled)} without a label skipped.\n`)
      return DONE
    })
  },
})

function samplesOf({ samples, split, data }: EvaluateReport): string {
  if (split !== null) return counted(samples, `${split} sample`)
  return `${counted(samples, 'labeled sample')} of ${printable(shortPath(data!))}`
}
