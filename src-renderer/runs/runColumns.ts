/** Columns of the run table: date, progress, results and settings. */
import type { RunSummary } from '#core/rpc/contract/run'
import type { RunState } from '#core/runs/runState'
import type { useText } from '../i18n/useText'
import { findOptimizer } from '#core/optimizers/index'
import type { TableColumn } from '../ui/tableColumn'

interface Words extends Pick<ReturnType<typeof useText>, 't' | 'format'> {
  readonly stateName: (state: RunState) => string
}

const NOTHING = '–'

type Column = TableColumn<RunSummary>

/** Accuracy if the list contains a classification run, MAE if it contains a regression run. */
export function runColumns(runs: readonly RunSummary[], words: Words): readonly Column[] {
  return [...identityColumns(words), ...figureColumns(runs, words), ...settingColumns(words)]
}

function identityColumns({ t, format, stateName }: Words): readonly Column[] {
  return [
    { id: 'name', label: t('runs.name'), sortable: true, value: ({ name }) => name },
    {
      id: 'date',
      label: t('runs.date'),
      sortable: true,
      value: ({ startedAt }) => startedAt,
      text: ({ startedAt }) => format.when(Date.parse(startedAt)),
    },
    { id: 'state', label: t('runs.state'), sortable: true, value: ({ state }) => stateName(state) },
  ]
}

function figureColumns(runs: readonly RunSummary[], { t, format }: Words): readonly Column[] {
  const number = (
    id: string,
    label: string,
    value: (run: RunSummary) => number | undefined,
    write: (value: number, run: RunSummary) => string = (value) => format.metric(value),
    options: Partial<Column> = {},
  ): Column => ({
    id,
    label,
    align: 'right',
    sortable: true,
    value: (run) => value(run) ?? NaN,
    text(run) {
      const found = value(run)
      return found === undefined ? NOTHING : write(found, run)
    },
    ...options,
  })
  const withUnit = (value: number, { unit }: RunSummary): string =>
    unit === undefined ? format.metric(value) : `${format.metric(value)} ${unit}`
  const tasks = new Set(runs.map(({ task }) => task))
  // Losses on different data are not comparable.
  const lowest = { markLowest: new Set(runs.map(({ document }) => document)).size === 1 }
  const secondary = { secondary: true }
  return [
    number('valLoss', t('runs.validationLoss'), ({ best }) => best?.validation.loss, undefined, lowest),
    ...(tasks.has('classification')
      ? [number('accuracy', t('runs.validationAccuracy'), ({ best }) => best?.validation.accuracy)]
      : []),
    ...(tasks.has('regression') ? [number('mae', t('runs.validationMae'), ({ best }) => best?.validation.mae, withUnit)] : []),
    number('trainLoss', t('runs.trainLoss'), ({ best }) => best?.train.loss, undefined, secondary),
    number('epochs', t('runs.epochs'), ({ epochsDone }) => epochsDone, (done, run) => `${done}/${run.epochsPlanned}`),
    number('best', t('runs.best'), ({ best }) => best?.epoch, String, secondary),
    number('time', t('runs.time'), ({ seconds }) => seconds ?? undefined, (value) => format.duration(value)),
  ]
}

function settingColumns({ t, format }: Words): readonly Column[] {
  const right = { align: 'right', sortable: true } as const
  return [
    {
      id: 'optimizer',
      label: t('runs.optimizer'),
      sortable: true,
      value: ({ training }) => findOptimizer(training.optimizer.kind)?.title ?? training.optimizer.kind,
    },
    {
      id: 'rate',
      label: t('runs.rate'),
      ...right,
      value: ({ training }) => training.learningRate,
      text: ({ training }) => format.number(training.learningRate),
    },
    { id: 'batch', label: t('runs.batch'), ...right, secondary: true, value: ({ training }) => training.batchSize },
    {
      id: 'parameters',
      label: t('runs.parameters'),
      ...right,
      secondary: true,
      value: ({ parameters }) => parameters,
      text: ({ parameters }) => format.number(parameters),
    },
  ]
}
