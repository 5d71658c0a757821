/** The log of a run in the UI language. */
import { isInUnit, metrics } from '#core/metrics/index'
import { inLanguage, useText } from '../i18n/useText'
import { firstMetric, type RunView } from '../stores/runView'
import { logLines, type LogLine } from './epochLog'

/** Title of the loss, or of a metric by its kind. */
export function useFigureName() {
  const { t } = useText()
  return (kind: string): string => {
    const definition = metrics.find((metric) => metric.kind === kind)
    if (definition === undefined) return t('training.logLoss')
    const title = inLanguage(definition.title)
    // A phrase such as "mean absolute error" is shown as its initials, which are its kind; a single word follows the
    // case of its sentence.
    if (title.includes(' ')) return kind.toUpperCase()
    return title.length > 2 ? title.toLowerCase() : title
  }
}

/** A metric as text, `2.1432 mpg` if it is in the unit of the target. */
export function useFigureText() {
  const { format } = useText()
  return (kind: string, value: number, unit: string | undefined): string =>
    unit !== undefined && isInUnit(kind) ? `${format.metric(value)} ${unit}` : format.metric(value)
}

/** Creates the lines of the log; `most` limits them to the newest epochs. */
export function useLog(view: () => RunView): (most?: number) => readonly LogLine[] {
  const { t, format } = useText()
  const nameOf = useFigureName()
  return (most) => {
    const metric = nameOf(firstMetric(view().record.plan, view().record.summary.task))
    const words = {
      epoch: t('training.logEpoch'),
      step: t('training.logStep'),
      rate: t('training.logRate'),
      loss: t('training.logLoss'),
      metric,
      validationLoss: t('training.logValidation', { name: t('training.logLoss') }),
      validationMetric: t('training.logValidation', { name: metric }),
      time: t('training.logTime'),
      best: t('training.logBest'),
      running: (share: number) => t('training.logRunning', { share: format.percent(share, 0) }),
      cutOff: (share: number) => t('training.logCutOff', { share: format.percent(share, 0) }),
    }
    return logLines(view(), words, format, most)
  }
}
