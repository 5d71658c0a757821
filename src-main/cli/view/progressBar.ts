/** The progress line of a run: redrawn in place on a terminal, printed now and then elsewhere. */
import type { PlanEvent, StepEvent } from '#core/runs/events'
import type { Terminal } from '../terminal'
import { figureName } from './metrics'
import { formatCount, formatDuration, formatFigure } from './numbers'
import { cellWidth, wrap } from './text'

/** Seconds between lines that cannot be redrawn. */
const PLAIN_INTERVAL = 10
const BAR = { min: 8, max: 30 }

export interface ProgressBar {
  show(event: StepEvent, plan: PlanEvent): void
  /** Text in place of the bar during other work. */
  message(text: string): void
  /** Removes the bar so that other lines can be printed. */
  clear(): void
}

export function createProgressBar(terminal: Terminal): ProgressBar {
  let drawn = false
  let lastPlain = performance.now()
  const redraw = (line: string): void => {
    terminal.write(`\r${line}\u001B[K`)
    drawn = true
  }
  return {
    show(event, plan) {
      if (terminal.interactive) redraw(formatProgress(event, plan, terminal))
      else if (performance.now() - lastPlain >= PLAIN_INTERVAL * 1000) {
        lastPlain = performance.now()
        terminal.write(`${formatProgress(event, plan, terminal)}\n`)
      }
    },
    message(text) {
      if (terminal.interactive) redraw(wrap(text, terminal.columns - 1)[0]!)
    },
    clear() {
      if (drawn) terminal.write('\r\u001B[K')
      drawn = false
    },
  }
}

/**
 * One line that fits the terminal. On a narrow one, the least important parts are dropped first; the bar takes the
 * remaining width.
 */
export function formatProgress(event: StepEvent, plan: PlanEvent, { columns, paint }: Terminal): string {
  const { stepsPerEpoch, epochs, metrics } = plan
  const step = event.step - (event.epoch - 1) * stepsPerEpoch
  const head = `Epoch ${event.epoch}/${epochs}`
  const count = `${formatCount(step)}/${formatCount(stepsPerEpoch)}`.padStart(formatCount(stepsPerEpoch).length * 2 + 1)
  const figure = (kind: string) => {
    const value = event.train[kind]
    return value === undefined ? [] : [`${figureName(kind)} ${formatFigure(value)}`]
  }
  const speed = `${formatCount(event.samplesPerSecond)} samples/s`
  const left = `${formatDuration(event.secondsLeft)} left`
  const full = [count, ...figure('loss'), ...metrics.slice(0, 1).flatMap(figure), speed, left]
  const shortened = [
    full,
    full.filter((part) => part !== speed),
    [count, ...figure('loss'), left],
    [count, left],
    [left],
    [],
  ]
  const room = (parts: readonly string[]) => columns - 1 - cellWidth([head, '', ...parts].join('  '))
  const parts = shortened.find((candidate) => room(candidate) >= BAR.min) ?? []
  const width = Math.min(BAR.max, room(parts))
  if (width < BAR.min) return head
  const done = Math.round((step / stepsPerEpoch) * width)
  const bar = paint('cyan', '━'.repeat(done)) + paint('dim', '─'.repeat(width - done))
  return [head, bar, ...parts].join('  ')
}
