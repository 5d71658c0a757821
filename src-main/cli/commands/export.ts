/** `layerloom export`: writes a run's best weights as a portable model file, verified against the trainer. */
import { answerOrInterrupted } from '../engine'
import { defineCommand } from '../command'
import { DONE } from '../../machine/exitCode'
import { jsonLines } from '../sharedOptions'
import { formatBytes, formatCount } from '../view/numbers'
import { shortPath } from '../view/paths'
import { printable } from '../view/text'
import { fail } from '#core/problems/problem'

const dataSentences = {
  missing: 'no longer exists',
  changed: 'has changed',
  unreadable: 'can no longer be read',
}

export const exportModel = defineCommand({
  name: 'export',
  summary: 'Exports a run as a model file including its preprocessing, checked against the trainer.',
  arguments: [{ name: 'run', doc: 'A run folder.' }],
  options: {
    to: { type: 'choice', options: ['onnx'], doc: 'Output format; onnx by default.' },
    output: { type: 'text', value: 'FILE', short: 'o', doc: 'Output file.' },
    json: jsonLines,
  },
  examples: ['export runs/my-run --to onnx -o model.onnx'],
  run({ arguments: [run], options }, { terminal, interruption }) {
    const file = options.output ?? missingOutput()
    return answerOrInterrupted(interruption, async (engine) => {
      const report = await engine.export({ run: run!, file })
      if (options.json) terminal.write(`${JSON.stringify({ event: 'exported', ...report })}\n`)
      else {
        terminal.write(`${terminal.paint('bold', printable(shortPath(report.file)))}  ${formatBytes(report.bytes)}\n`)
        const difference = report.difference.toExponential(1).replace('-', '−')
        const samples = report.samples === 1 ? 'one sample' : `${formatCount(report.samples)} samples`
        const kept = report.data ? ` kept with the run, because its data ${dataSentences[report.data]}` : ''
        terminal.write(`  Agrees with the trainer on ${samples}${kept}; largest difference ${difference}.\n`)
      }
      return DONE
    })
  },
})

function missingOutput(): never {
  return fail('command-line', 'no-output')
}
