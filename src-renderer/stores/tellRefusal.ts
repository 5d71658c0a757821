/** Reports why an edit was rejected, while that is useful: for a few seconds, or until the next edit. */
import { watch } from 'vue'
import { showToast } from '../ui/toasts'
import { useProject } from './projectStore'

let closeLast: () => void = () => undefined

/** A new rejection replaces the previous one: only the last attempt matters. */
export function tellRefusal(text: string): void {
  closeLast()
  const close = showToast({ tone: 'refused', text })
  const project = useProject()
  const stop = watch(
    () => project.history,
    () => closeLast(),
  )
  closeLast = () => {
    stop()
    close()
    closeLast = () => undefined
  }
}
