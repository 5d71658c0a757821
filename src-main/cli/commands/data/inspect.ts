/** `layerloom data inspect`: what the data of a project, or a file or folder that is to become one, holds and what looks wrong. */
import { findPreTransform } from '#core/pretransforms/index'
import type { Progress } from '../../../data/prepare/work'
import { TimeLeft } from '../../../data/prepare/timeLeft'
import { defineCommand } from '../../command'
import { asJson } from '../../dataReport/asJson'
import { describeInspection } from '../../dataReport/describe'
import { inspectData } from '../../dataReport/inspection'
import { DONE, exitCodeFor, INTERRUPTED } from '../../exitCode'
import { createProgressLine } from '../../progressLine'
import { parseSetting } from '../../settings'
import { setOption } from '../../sharedOptions'
import { formatCount, formatDuration } from '../../view/numbers'

export const dataInspect = defineCommand({
  name: 'data inspect',
  summary: 'Tells what data holds: samples, classes, splits, columns or images, and what looks wrong.',
  arguments: [
    {
      name: 'path',
      doc: 'A project (.loom); or a table (CSV, TSV, Parquet), a folder of images or texts, IDX, NPY or NPZ files.',
    },
  ],
  options: {
    ...setOption,
    json: { type: 'flag', doc: 'Print one JSON object instead of a report.' },
  },
  examples: ['data inspect resources/projects/penguins.loom', 'data inspect photos/', 'data inspect prices.csv --json'],
  async run({ arguments: [path], options: { set, json } }, { terminal, interruption }) {
    const line = createProgressLine(terminal)
    const left = new TimeLeft()
    const report = (progress: Progress): void => line.show(progressText(progress, left.take(progress)))
    const inspecting = inspectData(path!, { changes: set.map(parseSetting), report, signal: interruption })
    const inspection = await unlessInterrupted(inspecting, interruption).finally(() => line.clear())
    if (!inspection) return INTERRUPTED
    terminal.write(json ? `${JSON.stringify(asJson(inspection))}\n` : describeInspection(inspection, terminal))
    const { problems, prepared } = inspection
    prepared?.dataset.close()
    return problems.some(({ severity }) => severity === 'error') ? exitCodeFor(problems) : DONE
  },
})

/** Undefined where the person has interrupted it: what has begun is given up by itself, and nobody waits for it. */
function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    if (signal.aborted) resolve(undefined)
  })
  const settled = work.catch((error: unknown): undefined => {
    if (!signal.aborted) throw error
  })
  return Promise.race([settled, interrupted])
}

const stepTexts: Readonly<Record<string, string>> = {
  read: 'Reading',
  decode: 'Decoding images',
  describe: 'Measuring',
  look: 'Looking for what is wrong',
}

function progressText({ step, done, total }: Progress, secondsLeft: number | null): string {
  const what = stepTexts[step] ?? findPreTransform(step)?.title.en ?? step
  const count =
    total === null ? (done === 0 ? '' : `  ${formatCount(done)}`) : `  ${formatCount(done)} of ${formatCount(total)}`
  return `${what} …${count}${secondsLeft === null ? '' : `  ${formatDuration(secondsLeft)} left`}`
}
