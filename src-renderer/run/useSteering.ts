/** Pausing, resuming and stopping the run in progress, and why that is unavailable now. */
import { computed, type ComputedRef } from 'vue'
import { useSession } from '../frame/sessionStore'
import { useText } from '../i18n/useText'
import { isLive, type RunView } from '../stores/runView'
import { useRuns } from '../stores/runStore'

export function useSteering(view: () => RunView | null): {
  readonly blocked: ComputedRef<string | null>
  readonly togglePause: () => void
} {
  const { t } = useText()
  const runs = useRuns()
  const session = useSession()
  const blocked = computed(() => {
    const shown = view()
    if (shown !== null && isLive(shown) && session.hostLost) return t('training.noConnection')
    return shown?.state === 'stopping' ? t('training.stopping') : null
  })

  function togglePause(): void {
    if (blocked.value !== null) return
    if (view()?.state === 'paused') void runs.resume()
    else void runs.pause()
  }
  return { blocked, togglePause }
}
