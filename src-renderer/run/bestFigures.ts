/** Metrics of the best epoch as a table: metrics in rows, splits in columns, all for the same weights. */
import { findMetric, isInUnit } from '#core/metrics/index'
import type { EpochEvent, Figures } from '#core/runs/events'
import { bestEpoch, firstMetric, type RunView } from '../stores/runView'

/** `train` is the mean over the batches of the epoch, for runs without any evaluation. */
export type FigureColumn = 'validation' | 'trainingSet' | 'test' | 'train'

export interface FigureRow {
  /** `loss` or the kind of a metric. */
  readonly kind: string
  readonly unit: string | undefined
  /** By column; undefined if not measured. */
  readonly values: readonly (number | undefined)[]
  readonly strong: boolean
}

export interface BestFigures {
  readonly epoch: number
  readonly columns: readonly FigureColumn[]
  readonly rows: readonly FigureRow[]
  /** How much worse the first metric is on the validation than on the training set; null unless both were measured. */
  readonly gap: { readonly kind: string; readonly unit: string | undefined; readonly value: number } | null
}

function columnsOf({ train, validation, trainingSet }: EpochEvent, test: Figures | undefined) {
  const all: readonly [FigureColumn, Figures | undefined][] = [
    ['validation', validation],
    ['trainingSet', trainingSet],
    ['train', validation === undefined ? train : undefined],
    ['test', test],
  ]
  return all.filter((column): column is [FigureColumn, Figures] => column[1] !== undefined)
}

/** Null before the first epoch has ended. */
export function bestFigures(view: RunView): BestFigures | null {
  const epoch = bestEpoch(view)
  if (epoch === null) return null
  const { plan, end, summary, test } = view.record
  const metric = firstMetric(plan, summary.task)
  const columns = columnsOf(epoch, test ?? (end?.event === 'finished' ? end.test : undefined))
  const kinds = [...new Set(['loss', ...columns.flatMap(([, figures]) => Object.keys(figures))])]
  const unitOf = (kind: string) => (isInUnit(kind) ? plan?.unit : undefined)
  const [validation, training] = [epoch.validation?.[metric], epoch.trainingSet?.[metric]]
  const difference = validation === undefined || training === undefined ? null : validation - training
  /** Where both are equal, the result is 0, not −0. */
  const worse = difference === null ? null : findMetric(metric)?.better === 'higher' ? 0 - difference : difference
  return {
    epoch: epoch.epoch,
    columns: columns.map(([name]) => name),
    rows: kinds.map((kind) => ({
      kind,
      unit: unitOf(kind),
      values: columns.map(([, figures]) => figures[kind]),
      strong: kind === 'loss' || kind === metric,
    })),
    gap: worse === null ? null : { kind: metric, unit: unitOf(metric), value: worse },
  }
}
