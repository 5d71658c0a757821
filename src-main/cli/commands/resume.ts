/** `layerloom resume`: resumes a run that was stopped or interrupted, or trains a finished one for more epochs. */
import { text } from '#core/base/text'
import { trainingParams } from '#core/graph/trainingParams'
import { acceptedBy, accepts, describeSpec, type IntegerParam, type RealParam } from '#core/params/params'
import { describeAccepted } from '#core/problems/fill'
import { fail } from '#core/problems/problem'
import { defineCommand } from '../command'
import { followRun } from '../followRun'
import { jsonLines } from '../sharedOptions'
import { learningRateAlias } from '../trainingOptions'

const options = {
  epochs: {
    type: 'text',
    value: 'N',
    doc: 'Train to N epochs in total, counted from the start of the run; required for a finished run.',
  },
  'learning-rate': { type: 'text', value: 'X', ...learningRateAlias, doc: 'New base learning rate from here on.' },
  force: {
    type: 'flag',
    doc: 'Resume even if another process seems to be training the run. Two processes writing to one run corrupt it: check first.',
  },
  json: jsonLines,
} as const

export const resume = defineCommand({
  name: 'resume',
  summary: 'Resumes a run from its last checkpoint as if it had never stopped, optionally for more epochs.',
  arguments: [{ name: 'run', doc: 'A run folder.' }],
  options,
  examples: ['resume runs/2026-11-23_19-46-02_mnist-cnn', 'resume runs/2026-11-23_19-46-02_mnist-cnn --epochs 20'],
  run({ arguments: [path], options: { epochs, 'learning-rate': rate, force, json } }, context) {
    const job = {
      resume: path!,
      force,
      ...(epochs !== undefined && { epochs: numberOf('epochs', trainingParams.epochs.spec, epochs) }),
      ...(rate !== undefined && { learningRate: numberOf('learning-rate', trainingParams.learningRate.spec, rate) }),
    }
    return followRun(job, context, json)
  },
})

/** The value of an option as a number that the setting of this specification takes. */
function numberOf(option: string, spec: IntegerParam | RealParam, given: string): number {
  const value = Number(given)
  if (given.trim() !== '' && accepts(spec, value)) return value
  const accepted = text(describeSpec(spec), describeAccepted('zh', acceptedBy(spec)))
  return fail('command-line', 'setting', { option, accepted, default: spec.default, received: given })
}
