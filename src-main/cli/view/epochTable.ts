/** One line per epoch: training and validation figures in columns, and a mark on the best epoch so far. */
import type { EpochEvent, PlanEvent } from '#core/runs/events'
import type { Terminal } from '../terminal'
import { figureName } from './metrics'
import { formatDuration, formatFigure } from './numbers'
import { cellWidth, padEnd, padStart } from './text'

/** Fits the longest name, and any figure with a leading space. */
const FIGURE_WIDTH = 9
const TIME_WIDTH = 12
const MEANS = 'training mean'

/** Column names, with the figures of each split under the split's name. */
export function epochHead(event: EpochEvent, plan: PlanEvent, terminal: Terminal): string {
  const kinds = shownFigures(event, plan, terminal)
  const width = FIGURE_WIDTH * kinds.length
  const group = (name: string) => padEnd(padStart(name, FIGURE_WIDTH), width)
  // Training figures comparable with the validation are printed at the end of the run.
  const training = cellWidth(MEANS) < width ? ` ${MEANS}` : 'training'
  const names = kinds.map((kind) => padStart(figureName(kind), FIGURE_WIDTH)).join('')
  const epoch = padStart('epoch', epochWidth(plan))
  const splits = ' '.repeat(epochWidth(plan)) + group(training) + (event.validation ? group('validation') : '')
  const columns = epoch + names + (event.validation ? names : '') + padStart('time', TIME_WIDTH)
  return terminal.paint('dim', `${splits.trimEnd()}\n${columns}`) + '\n'
}

export function epochRow(event: EpochEvent, plan: PlanEvent, terminal: Terminal): string {
  const kinds = shownFigures(event, plan, terminal)
  const figures = (of: Readonly<Record<string, number>>) =>
    kinds.map((kind) => padStart(of[kind] === undefined ? '–' : formatFigure(of[kind]), FIGURE_WIDTH)).join('')
  const epoch = padStart(`${event.epoch}/${plan.epochs}`, epochWidth(plan))
  const time = padStart(formatDuration(event.seconds), TIME_WIDTH)
  const mark = event.best ? `  ${terminal.paint('green', '◆ best')}` : ''
  return `${epoch}${figures(event.train)}${event.validation ? figures(event.validation) : ''}${time}${mark}\n`
}

const epochWidth = ({ epochs }: PlanEvent): number => Math.max(7, String(epochs).length * 2 + 3)

/** The loss and as many metrics as fit. */
function shownFigures(event: EpochEvent, plan: PlanEvent, { columns }: Terminal): readonly string[] {
  const splits = event.validation ? 2 : 1
  const room = Math.floor((columns - 1 - epochWidth(plan) - TIME_WIDTH - '  ◆ best'.length) / (FIGURE_WIDTH * splits))
  return ['loss', ...plan.metrics].slice(0, Math.max(1, room))
}
