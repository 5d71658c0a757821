/** A run as text: what is trained, the progress, one line per epoch, and the result. */
import type {
  ResumePoint,
  EpochEvent,
  Figures,
  FinishedEvent,
  PlanEvent,
  RunEvent,
  StateEvent,
  StepEvent,
} from '#core/runs/events'
import type { Terminal } from '../terminal'
import { measuredCount } from '#core/runs/measuredSamples'
import { drawCurve, type Curve, type ValidationPoint } from './curve'
import { epochHead, epochRow } from './epochTable'
import { describeFigures } from './metrics'
import { createLossHistory, type LossHistory } from './lossHistory'
import { counted, formatCount, formatDuration, formatSetting } from './numbers'
import { shortPath } from './paths'
import { describePreparation } from './preparation'
import { describeProblems } from './problems'
import { createProgressBar } from './progressBar'
import { printable, twoColumns } from './text'

export interface SuggestedCommand {
  readonly command: string
  readonly doc: string
}

export interface RunViewOptions {
  /** Suggested commands for the finished run. */
  suggest(finished: FinishedEvent): readonly SuggestedCommand[]
}

/** Prints every event as it arrives. Errors are reported elsewhere; the bar is removed before that. */
export function createRunView(terminal: Terminal, options: RunViewOptions): (event: RunEvent) => void {
  const bar = createProgressBar(terminal)
  const losses = createLossHistory()
  const epochs: EpochEvent[] = []
  let plan: PlanEvent | undefined
  let first: StepEvent | undefined
  let last: StepEvent | undefined
  return (event) => {
    if (event.event === 'step') {
      losses.add(event.losses)
      first ??= event
      last = event
      if (plan) bar.show(event, plan)
      return
    }
    bar.clear()
    switch (event.event) {
      case 'start':
        plan = event
        terminal.write(describePlan(event, terminal))
        if (event.warnings) terminal.writeError(describeProblems(event.warnings, terminal.columns, terminal.errorPaint))
        break
      case 'epoch':
        if (epochs.length === 0) terminal.write(epochHead(event, plan!, terminal))
        epochs.push(event)
        terminal.write(epochRow(event, plan!, terminal))
        break
      case 'finished': {
        const picture = drawCurve(curveOf({ losses, epochs, first, last }, terminal), terminal.paint)
        if (picture.length > 0) terminal.write(`\n${picture.join('\n')}\n`)
        const { trainingSet } = epochs.find(({ epoch }) => epoch === event.bestEpoch) ?? {}
        terminal.write(describeEnd({ end: event, plan: plan!, trainingSet, next: options.suggest(event) }, terminal))
        break
      }
      case 'state':
        bar.message(describeState(event))
        break
      case 'error':
        break
    }
  }
}

/** What the curve shows: the losses of this session, which may have started in the middle of a run. */
interface Seen {
  readonly losses: LossHistory
  readonly epochs: readonly EpochEvent[]
  readonly first: StepEvent | undefined
  readonly last: StepEvent | undefined
}

function curveOf({ losses, epochs, first, last }: Seen, { columns }: Terminal): Curve {
  const width = Math.max(20, Math.min(60, columns - 16))
  const start = first ? first.step - first.losses.length : 0
  const best = epochs.findLast((epoch) => epoch.best)
  const validation = epochs.flatMap((epoch): ValidationPoint[] =>
    epoch.validation?.['loss'] === undefined
      ? []
      : [{ at: (epoch.step - start) / losses.count, loss: epoch.validation['loss'], best: epoch === best }],
  )
  return { training: losses.resample(width), validation, epochs: [first?.epoch ?? 1, last?.epoch ?? 1], width }
}

/** The hyperparameters, printed before training starts. */
function describePlan(plan: PlanEvent, { columns, paint }: Terminal): string {
  const { samples, schedule } = plan
  const counts = [
    `${formatCount(samples.train)} training`,
    `${formatCount(samples.validation)} validation`,
    counted(samples.test, 'test sample'),
  ]
  const threads = plan.device === 'cpu' ? ` · ${counted(plan.threads, 'thread')}` : ''
  const rows: [string, string][] = [
    ['data', counts.join(' · ')],
    ['parameters', formatCount(plan.parameters)],
    ['loss', plan.loss],
    ['optimizer', describeChoice(plan.optimizer)],
    ['learning rate', `${formatSetting(plan.learningRate)} · ${describeChoice(schedule)}`],
    ['batch size', `${formatCount(plan.batchSize)} · ${counted(plan.stepsPerEpoch, 'step')} per epoch`],
    ['epochs', formatCount(plan.epochs)],
    ['seed', String(plan.seed)],
    ['device', plan.device + threads],
    ...(plan.note === undefined ? [] : [['note', printable(plan.note)] as [string, string]]),
    ...(plan.resumed === undefined ? [] : [['resumes', describeResumed(plan.resumed)] as [string, string]]),
    ['run', printable(shortPath(plan.run))],
  ]
  const block = twoColumns(rows, { indent: 2, columns }, (label) => paint('dim', label))
  return `${paint('bold', printable(plan.name))}\n\n${block}\n`
}

/** `in epoch 3, after 564 steps` */
function describeResumed({ epoch, step }: ResumePoint): string {
  return `in epoch ${formatCount(epoch)}, after ${formatCount(step)} step${step === 1 ? '' : 's'}`
}

/** `adam · beta1 0.9 · beta2 0.999` */
function describeChoice({ kind, ...params }: Readonly<Record<string, unknown>>): string {
  return [String(kind), ...Object.entries(params).map(([name, value]) => `${name} ${formatSetting(value)}`)].join(' · ')
}

function describeState({ state, phase, progress }: StateEvent): string {
  if (state === 'stopping') return 'Stopping after this step and saving; press Ctrl-C again to quit immediately.'
  if (state === 'training') return ''
  if (progress) return describePreparation(progress)
  if (phase === 'data') return 'Reading the data …'
  if (phase === 'network') return 'Compiling the network …'
  return `${state[0]!.toUpperCase()}${state.slice(1)} …`
}

function summarize({ reason, epochs, seconds }: FinishedEvent, plan: PlanEvent): string {
  const part = `${formatCount(epochs)} of ${counted(plan.epochs, 'epoch')} in ${formatDuration(seconds)}`
  switch (reason) {
    case 'completed':
      return `Finished: ${part}.`
    case 'early-stopping':
      return `Stopped early, the monitored metric no longer improved: ${part}.`
    case 'stopped':
      return `Interrupted; progress is saved: ${part}.`
  }
}

interface Ended {
  readonly end: FinishedEvent
  readonly plan: PlanEvent
  /** Figures of the best weights on training samples; absent if those weights are from an earlier session. */
  readonly trainingSet: Figures | undefined
  /** Suggested commands. */
  readonly next: readonly SuggestedCommand[]
}

function describeEnd({ end, plan, trainingSet, next }: Ended, { columns, paint }: Terminal): string {
  const metrics = ['loss', ...plan.metrics]
  const rows: [string, string][] = []
  const figures = (of: Figures) => describeFigures(of, metrics, plan.unit)
  if (end.validation) rows.push(['validation', `${figures(end.validation)} (best, epoch ${end.bestEpoch})`])
  // Measured like the other two; the epoch lines have means over batches.
  if (trainingSet)
    rows.push(['training', `${figures(trainingSet)} (on ${counted(measuredCount(plan.samples), 'sample')})`])
  if (end.test) rows.push(['test', figures(end.test)])
  rows.push(['run', printable(shortPath(end.run))], ['model', printable(shortPath(end.model))])
  const suggestions = next.map(({ command, doc }): [string, string] => [command, doc])
  return [
    `\n${paint('bold', summarize(end, plan))}\n\n`,
    twoColumns(rows, { indent: 2, columns }, (label) => paint('dim', label)),
    suggestions.length === 0
      ? ''
      : `\nNext\n${suggestions.map(([command, doc]) => `  ${paint('dim', `# ${doc}`)}\n  ${paint('cyan', command)}\n`).join('')}`,
  ].join('')
}
