/** A run as the screens draw it: the record that came first, with every event since put into it. */
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
  /** What is being prepared, and how far it is. */
  readonly preparing: Pick<StateEvent, 'phase' | 'progress'> | null
  /** The newest step that was told. */
  readonly latest: StepEvent | null
  readonly curve: StepCurve
}

export function viewOf(record: RunRecordView): RunView {
  const { plan, steps, summary, latest } = record
  const curve = StepCurve.from(steps, plan?.metrics[0], plan?.stepsPerEpoch ?? 1)
  return { record, state: summary.state, preparing: null, latest, curve }
}

/** The view after an update; events of another run than the one shown change nothing. */
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

/** Where the run can be gone on with; null while it goes on, at its planned end, and without a checkpoint. */
export function resumePoint(view: RunView): ResumePoint | null {
  return isLive(view) ? null : (view.record.end?.checkpoint ?? null)
}

/** Steps beyond the checkpoint, which going on does once more. */
export function repeatedSteps(view: RunView): number {
  const point = resumePoint(view)
  return point === null ? 0 : Math.max(0, stepsDone(view) - point.step)
}

/** Whether it has come to its end, so that only more epochs let it go on. */
export function isExtendable({ state }: Pick<RunView, 'state'>): boolean {
  return state === 'completed' || state === 'early-stopping'
}

/**
 * The best epoch; the engine marks each that is better than all before it. Of a run that was cut off it is the one whose weights
 * were kept: only they can be exported and used, and it is what the list of runs shows.
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

/** 1-based epoch that is going on, or the last one. */
export function currentEpoch(view: RunView): number {
  const { plan, epochs } = view.record
  if (view.latest !== null) return view.latest.epoch
  if (plan === null) return 1
  return Math.max(epochs.length, Math.min(plan.epochs, Math.floor(stepsDone(view) / plan.stepsPerEpoch) + 1))
}

/** Epochs whose room a chart always keeps. */
const ALWAYS_SHOWN = 20

/**
 * Epochs that the charts have room for: all that are planned, or of very many as many as the curve fills a good part of. It
 * doubles as the run goes on, so that the curve does not shrink with every epoch.
 */
export function shownEpochs(view: RunView): number {
  const planned = view.record.plan?.epochs ?? view.record.summary.epochsPlanned
  const done = currentEpoch(view)
  let room = ALWAYS_SHOWN
  while (room < done) room *= 2
  return Math.min(planned, room)
}

/** Done, 0 to 1. */
export function shareDone(view: RunView): number {
  const { plan } = view.record
  return plan === null ? 0 : Math.min(1, stepsDone(view) / (plan.epochs * plan.stepsPerEpoch))
}

/** Curves of the steps with x in epochs. */
export function stepPoints({ curve, record }: RunView): { readonly loss: StepLine; readonly metric: StepLine } {
  const { stride, step, loss, metric, open } = curve.points()
  // The newest steps reach the present, few as they are.
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

/** The newest step of an epoch that has not ended: it goes on, or the run ended within it. */
export function openEpoch({ latest, record }: RunView): StepEvent | null {
  return latest !== null && latest.epoch > (record.epochs.at(-1)?.epoch ?? 0) ? latest : null
}

/** Figures of the training over the newest epoch, of which a part may be done: what head, log and charts all show. */
export function newestTraining(view: RunView): { readonly epoch: number; readonly train: Figures } | null {
  return openEpoch(view) ?? view.record.epochs.at(-1) ?? null
}

/** One figure of the epoch that has not ended: x in epochs; null between epochs. */
export function openPoint(view: RunView, figure: string): readonly [x: number, y: number] | null {
  const open = openEpoch(view)
  const value = open?.train[figure]
  return open === null || value === undefined ? null : [open.step / (view.record.plan?.stepsPerEpoch ?? 1), value]
}

/** One figure of the training by epoch, over all its batches. */
export function epochPoints({ epochs }: Pick<RunRecordView, 'epochs'>, figure: string): Points {
  const told = epochs.filter(({ train }) => train[figure] !== undefined)
  return { x: Float64Array.from(told, ({ epoch }) => epoch), y: Float64Array.from(told, ({ train }) => train[figure]!) }
}

/** One figure of the validation by epoch; epochs without it are left out. */
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
