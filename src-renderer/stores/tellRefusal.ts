/** Says why an edit was refused, for as long as that is of use: a few seconds, or until the next edit is made. */
import { watch } from 'vue'
import { showToast } from '../ui/toasts'
import { useProject } from './projectStore'

let closeLast: () => void = () => undefined

/** A refusal takes the place of the one before: only the last thing tried is of interest. */
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
