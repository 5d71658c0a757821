/**
 * `layerloom data inspect`: what the data of a project, or of a file or folder to import, contains and what looks
 * wrong.
 */
import { fail } from '#core/problems/problem'
import type { Progress } from '../../../data/prepare/work'
import { TimeLeft } from '../../../data/prepare/timeLeft'
import { defineCommand } from '../../command'
import { asJson } from '../../dataReport/asJson'
import { describeInspection } from '../../dataReport/describe'
import { inspectPath, isProjectFile } from '../../dataReport/inspection'
import { DONE, exitCodeFor, INTERRUPTED } from '../../../machine/exitCode'
import { createProgressLine } from '../../progressLine'
import { parseSetting } from '../../settings'
import { setOption } from '../../sharedOptions'
import { unlessInterrupted } from '../../unlessInterrupted'
import { describePreparation } from '../../view/preparation'

export const dataInspect = defineCommand({
  name: 'data inspect',
  summary: 'Describes data: samples, classes, splits, columns or images, and possible issues.',
  arguments: [
    {
      name: 'path',
      doc: 'A project (.loom); or a table (CSV, TSV, Parquet), a folder of images or texts, IDX, NPY or NPZ files.',
    },
  ],
  options: {
    ...setOption,
    label: { type: 'text', value: 'NAME', doc: 'The table column to predict; guessed by default.' },
    json: { type: 'flag', doc: 'Print one JSON object instead of a report.' },
  },
  examples: [
    'data inspect resources/projects/penguins.loom',
    'data inspect photos/',
    'data inspect prices.csv --label price --json',
  ],
  async run({ arguments: [path], options: { set, label, json } }, { terminal, interruption }) {
    checkOptions(path!, set, label)
    const line = createProgressLine(terminal)
    const left = new TimeLeft()
    const report = (progress: Progress): void =>
      line.show(describePreparation({ ...progress, secondsLeft: left.take(progress) }))
    const changes = set.map(parseSetting)
    const inspecting = inspectPath(path!, { changes, label, report, signal: interruption })
    const inspection = await unlessInterrupted(inspecting, interruption).finally(() => line.clear())
    if (!inspection) return INTERRUPTED
    terminal.write(json ? `${JSON.stringify(asJson(inspection))}\n` : describeInspection(inspection, terminal))
    const { problems, prepared } = inspection
    prepared?.dataset.close()
    return problems.some(({ severity }) => severity === 'error') ? exitCodeFor(problems) : DONE
  },
})

/** Rejects options that would have no effect. */
function checkOptions(path: string, set: readonly string[], label: string | undefined): void {
  const isProject = isProjectFile(path)
  if (isProject && label !== undefined) fail('command-line', 'label-without-table', { option: '--label', path })
  if (!isProject && set.length > 0) fail('command-line', 'set-without-project', { option: '--set', path })
}
