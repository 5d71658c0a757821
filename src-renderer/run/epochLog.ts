/** The printed epoch lines: columns as the textbook loop prints them, as copyable text. */
import type { Figures } from '#core/runs/events'
import { bestEpoch, firstMetric, isLive, openEpoch, type RunView } from '../stores/runView'

export interface LogWords {
  readonly epoch: string
  readonly step: string
  readonly rate: string
  readonly loss: string
  readonly metric: string
  readonly validationLoss: string
  readonly validationMetric: string
  readonly time: string
  readonly best: string
  running(share: number): string
  /** For an epoch during which the run ended. */
  cutOff(share: number): string
}

export interface LogFormat {
  number(value: number): string
  metric(value: number): string
  rate(value: number): string
  duration(seconds: number): string
}

export interface LogLine {
  /** 0 for the header. */
  readonly epoch: number
  /** Cell texts, then the note. */
  readonly cells: readonly string[]
  readonly note: string
  /** The whole line with its columns aligned by spaces. */
  readonly text: string
  readonly best: boolean
}

const GAP = '  '
const NOTHING = '–'

/** Width of a text in monospaced columns; East Asian characters take two. */
function displayWidth(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u2e80-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1), 0)
}

function padded(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** `most` limits the lines to the newest epochs. */
export function logLines(view: RunView, words: LogWords, format: LogFormat, most = Infinity): readonly LogLine[] {
  const { plan, summary } = view.record
  const epochs = view.record.epochs.slice(-most)
  const metric = firstMetric(plan, summary.task)
  const planned = plan?.epochs ?? summary.epochsPlanned
  const best = bestEpoch(view)?.epoch
  const figure = (figures: Figures | undefined, name: string) =>
    figures?.[name] === undefined ? NOTHING : format.metric(figures[name])
  const head = [
    words.epoch,
    words.step,
    words.rate,
    words.loss,
    words.metric,
    words.validationLoss,
    words.validationMetric,
    words.time,
  ]
  const rows = epochs.map(({ epoch, step, learningRate, train, validation, seconds }) => ({
    epoch,
    cells: [
      `${epoch}/${planned}`,
      format.number(step),
      format.rate(learningRate),
      figure(train, 'loss'),
      figure(train, metric),
      figure(validation, 'loss'),
      figure(validation, metric),
      format.duration(seconds),
    ],
    note: epoch === best ? words.best : '',
  }))
  const open = openEpoch(view)
  if (open !== null) {
    const share = Math.min(1, Math.max(0, open.step / (plan?.stepsPerEpoch ?? 1) - (open.epoch - 1)))
    rows.push({
      epoch: open.epoch,
      cells: [
        `${open.epoch}/${planned}`,
        format.number(open.step),
        format.rate(open.learningRate),
        figure(open.train, 'loss'),
        figure(open.train, metric),
      ],
      note: isLive(view) ? words.running(share) : words.cutOff(share),
    })
  }
  const widths = head.map((title, c) =>
    Math.max(displayWidth(title), ...rows.map(({ cells }) => displayWidth(cells[c] ?? ''))),
  )
  const line = (cells: readonly string[], note: string) =>
    cells.map((cell, c) => padded(cell, widths[c]!)).join(GAP) + (note && GAP + note)
  return [
    { epoch: 0, cells: head, note: '', text: line(head, ''), best: false },
    ...rows.map(({ epoch, cells, note }) => ({ epoch, cells, note, text: line(cells, note), best: epoch === best })),
  ]
}
