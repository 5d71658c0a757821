/** `layerloom evaluate`: loss and metrics of a run's best weights, or of an exported model, on a split of its data. */
import { answerOrInterrupted } from '../engine'
import { defineCommand } from '../command'
import { DONE } from '../exitCode'
import { jsonLines } from '../sharedOptions'
import { figureName } from '../view/metrics'
import { formatCount, formatFigure } from '../view/numbers'
import { shortPath } from '../view/paths'
import { printable, twoColumns } from '../view/text'

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'Measures a run or an exported model on a split of its data.',
  arguments: [{ name: 'run|model.onnx', doc: 'A run folder, or an ONNX file that Layerloom exported.' }],
  options: {
    split: { type: 'choice', options: ['test', 'validation'], doc: 'The samples to measure on; test by default.' },
    threads: { type: 'count', value: 'N', doc: 'Threads for the CPU; all physical cores by default.' },
    json: jsonLines,
  },
  examples: ['evaluate runs/my-run', 'evaluate model.onnx --split validation --json'],
  run({ arguments: [target], options }, { terminal, interruption }) {
    return answerOrInterrupted(interruption, async (engine) => {
      const { split = 'test', threads } = options
      const report = await engine.evaluate({
        target: target!,
        split,
        ...(threads !== undefined && { threads }),
      })
      if (options.json) {
        terminal.write(`${JSON.stringify({ event: 'evaluation', ...report })}\n`)
        return DONE
      }
      const rows = ['loss', ...report.metrics].map((kind): [string, string] => [
        figureName(kind),
        formatFigure(report.figures[kind]!),
      ])
      const title = `${printable(shortPath(report.target))} on ${formatCount(report.samples)} ${report.split} samples`
      terminal.write(
        `${terminal.paint('bold', title)}\n\n${twoColumns(rows, { indent: 2, columns: terminal.columns })}`,
      )
      return DONE
    })
  },
})
