/** A run as the screens draw it: the initial record, with every later event applied. */
import {
  endedAs,
  type ResumePoint,
  type EpochEvent,
  type Figures,
  type PlanEvent,
  type RunEvent,
  type StateEvent,
  type StepEvent,
} from '#core/runs/events'
import { metricsFor } from '#core/metrics/index'
import type { RunRecordView, RunUpdate } from '#core/rpc/contract/run'
import { isLiveState, type RunState } from '#core/runs/runState'
import { StepCurve } from '#core/runs/stepCurve'
import type { Points, StepLine } from '../plots/summarizeSteps'

export interface RunView {
  readonly record: RunRecordView
  readonly state: RunState
  /** What is being prepared, and its progress. */
  readonly preparing: Pick<StateEvent, 'phase' | 'progress'> | null
  /** The newest reported step. */
  readonly latest: StepEvent | null
  readonly curve: StepCurve
}

export function viewOf(record: RunRecordView): RunView {
  const { plan, steps, summary, latest } = record
  const curve = StepCurve.from(steps, plan?.metrics[0], plan?.stepsPerEpoch ?? 1)
  return { record, state: summary.state, preparing: null, latest, curve }
}

/** The view after an update; events of other runs are ignored. */
export function applyUpdate(view: RunView | null, update: RunUpdate): RunView | null {
  if (update.type === 'record') return viewOf(update.record)
  if (view === null || view.record.summary.run !== update.run) return view
  return applyEvent(view, update.event)
}

function applyEvent(view: RunView, event: RunEvent): RunView {
  const { record } = view
  switch (event.event) {
    case 'start':
      return {
        ...view,
        preparing: null,
        record: { ...record, plan: event },
        latest: null,
        curve: new StepCurve(event.metrics[0], event.stepsPerEpoch),
      }
    case 'state':
      return { ...view, state: event.state, preparing: event.state === 'preparing' ? event : null }
    case 'step':
      view.curve.add(event)
      return { ...view, latest: event }
    case 'epoch':
      return { ...view, record: { ...record, epochs: [...record.epochs, event] } }
    case 'finished':
      return { ...view, state: event.reason, preparing: null, record: { ...record, end: event } }
    case 'error':
      return { ...view, state: endedAs(event), preparing: null, record: { ...record, end: event } }
  }
}

export function isLive({ state }: Pick<RunView, 'state'>): boolean {
  return isLiveState(state)
}

/** Where the run can be resumed; null while in progress, at its planned end, and without a checkpoint. */
export function resumePoint(view: RunView): ResumePoint | null {
  return isLive(view) ? null : (view.record.end?.checkpoint ?? null)
}

/** Steps beyond the checkpoint, which are repeated on resume. */
export function repeatedSteps(view: RunView): number {
  const point = resumePoint(view)
  return point === null ? 0 : Math.max(0, stepsDone(view) - point.step)
}

/** Whether it is finished, so that only more epochs can extend it. */
export function isExtendable({ state }: Pick<RunView, 'state'>): boolean {
  return state === 'completed' || state === 'early-stopping'
}

/**
 * The best epoch; the engine marks each one that is better than all before it. For an interrupted run it is the one
 * whose weights
 * were saved: only they can be exported and used, and the list of runs shows it.
 */
export function bestEpoch({ record }: Pick<RunView, 'record'>): EpochEvent | null {
  const { end, epochs } = record
  const kept = end?.event === 'error' ? (end.checkpoint?.bestEpoch ?? 0) : Infinity
  return epochs.findLast(({ best, epoch }) => best && epoch <= kept) ?? null
}

/** Steps done in the whole run. */
export function stepsDone({ latest, record }: RunView): number {
  return Math.max(latest?.step ?? 0, record.epochs.at(-1)?.step ?? 0, record.steps.step.at(-1) ?? 0)
}

/** The current epoch, 1-based, or the last one. */
export function currentEpoch(view: RunView): number {
  const { plan, epochs } = view.record
  if (view.latest !== null) return view.latest.epoch
  if (plan === null) return 1
  return Math.max(epochs.length, Math.min(plan.epochs, Math.floor(stepsDone(view) / plan.stepsPerEpoch) + 1))
}

/** Minimum number of epochs on a chart's axis. */
const ALWAYS_SHOWN = 20

/**
 * Number of epochs on the axis: all that are planned, or for very many, enough that the curve fills a good part. It
 * doubles as the run progresses, so that the curve does not shrink with every epoch.
 */
export function shownEpochs(view: RunView): number {
  const planned = view.record.plan?.epochs ?? view.record.summary.epochsPlanned
  const done = currentEpoch(view)
  let room = ALWAYS_SHOWN
  while (room < done) room *= 2
  return Math.min(planned, room)
}

/** Fraction done, 0 to 1. */
export function shareDone(view: RunView): number {
  const { plan } = view.record
  return plan === null ? 0 : Math.min(1, stepsDone(view) / (plan.epochs * plan.stepsPerEpoch))
}

/** Per-step curves with x in epochs. */
export function stepPoints({ curve, record }: RunView): { readonly loss: StepLine; readonly metric: StepLine } {
  const { stride, step, loss, metric, open } = curve.points()
  // Include the newest steps, however few.
  const rest = open.count === 0 ? [] : [open]
  const x = Float64Array.from(
    [...step, ...rest.map((last) => last.step)],
    (value) => value / (record.plan?.stepsPerEpoch ?? 1),
  )
  return {
    loss: { stride, x, y: [...loss, ...rest.map((last) => last.loss / last.count)] },
    metric: { stride, x, y: [...metric, ...rest.map((last) => last.metric / last.count)] },
  }
}

/** The newest step of an unfinished epoch: the run is in progress, or ended within it. */
export function openEpoch({ latest, record }: RunView): StepEvent | null {
  return latest !== null && latest.epoch > (record.epochs.at(-1)?.epoch ?? 0) ? latest : null
}

/** Training metrics over the newest epoch, possibly partial: the values in head, log and charts. */
export function newestTraining(view: RunView): { readonly epoch: number; readonly train: Figures } | null {
  return openEpoch(view) ?? view.record.epochs.at(-1) ?? null
}

/** One metric of the unfinished epoch, x in epochs; null between epochs. */
export function openPoint(view: RunView, figure: string): readonly [x: number, y: number] | null {
  const open = openEpoch(view)
  const value = open?.train[figure]
  return open === null || value === undefined ? null : [open.step / (view.record.plan?.stepsPerEpoch ?? 1), value]
}

/** One training metric per epoch, over all its batches. */
export function epochPoints({ epochs }: Pick<RunRecordView, 'epochs'>, figure: string): Points {
  const told = epochs.filter(({ train }) => train[figure] !== undefined)
  return { x: Float64Array.from(told, ({ epoch }) => epoch), y: Float64Array.from(told, ({ train }) => train[figure]!) }
}

/** One validation metric per epoch; epochs without it are skipped. */
export function validationPoints({ epochs }: Pick<RunRecordView, 'epochs'>, figure: string): Points {
  const told = epochs.filter(({ validation }) => validation?.[figure] !== undefined)
  return {
    x: Float64Array.from(told, ({ epoch }) => epoch),
    y: Float64Array.from(told, ({ validation }) => validation![figure]!),
  }
}

/** The metric to show first. */
export function firstMetric(plan: PlanEvent | null, task: RunRecordView['summary']['task']): string {
  return plan?.metrics[0] ?? metricsFor(task)[0]!.kind
}
