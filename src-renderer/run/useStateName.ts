/** The state of a run in words: what it is doing or how it ended. */
import type { RunState } from '#core/runs/runState'
import { useText } from '../i18n/useText'

export function useStateName(): (state: RunState) => string {
  const { t } = useText()
  return (state) =>
    ({
      preparing: t('training.preparing'),
      training: t('training.training'),
      paused: t('training.paused'),
      stopping: t('training.stopping'),
      completed: t('training.finished'),
      'early-stopping': t('training.stoppedEarly'),
      stopped: t('training.stopped'),
      interrupted: t('training.interrupted'),
      failed: t('training.failed'),
    })[state]
}
