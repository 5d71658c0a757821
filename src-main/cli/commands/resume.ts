/** `layerloom resume`: goes on with a run that was stopped or cut off, or with one that has ended for more epochs. */
import { fail } from '#core/problems/problem'
import { defineCommand } from '../command'
import { followRun } from '../followRun'
import { jsonLines } from '../sharedOptions'

const options = {
  epochs: {
    type: 'count',
    value: 'N',
    doc: 'Go on up to N epochs, counted from the beginning of the run; needed where it has come to its end.',
  },
  lr: { type: 'text', value: 'X', doc: 'Another base learning rate from here on.' },
  force: {
    type: 'flag',
    doc: 'Also where the run seems to go on in another process. Two that write one run spoil it: look first.',
  },
  json: jsonLines,
} as const

export const resume = defineCommand({
  name: 'resume',
  summary: 'Goes on with a run from its last checkpoint, as if it had never stopped; also with more epochs.',
  arguments: [{ name: 'run', doc: 'The folder of a run.' }],
  options,
  examples: ['resume runs/2026-11-23_19-46-02_mnist-cnn', 'resume runs/2026-11-23_19-46-02_mnist-cnn --epochs 20'],
  run({ arguments: [path], options: { epochs, lr, force, json } }, context) {
    const learningRate = lr === undefined ? undefined : rateOf(lr)
    const job = {
      resume: path!,
      force,
      ...(epochs !== undefined && { epochs }),
      ...(learningRate !== undefined && { learningRate }),
    }
    return followRun(job, context, json)
  },
})

function rateOf(text: string): number {
  const rate = Number(text)
  if (text.trim() !== '' && Number.isFinite(rate) && rate > 0) return rate
  return fail({
    code: 'command-line',
    place: {},
    message: '--lr must be a number above 0.',
    expected: 'a number such as 0.001',
    received: text,
    fix: 'See layerloom resume --help.',
  })
}
