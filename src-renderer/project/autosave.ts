/** Autosaves the unsaved state of the open project, and deletes the autosave when undo returns to the saved state. */
import { watchDebounced } from '@vueuse/core'
import { watch } from 'vue'
import { useSession } from '../frame/sessionStore'
import { useProject } from '../stores/projectStore'
import { hostClient } from '../host/hostConnection'

/** Debounce time after an edit before an autosave, and the maximum time without one, in milliseconds. */
const REST = 1500
const LONGEST = 10_000

/** Projects with an autosave from this window. */
const kept = new Set<string>()

/** Follows the open project; call once, after the stores are installed. */
export function startAutosave(): void {
  const session = useSession()
  const document = useProject()
  watch(
    () => document.document,
    () => (session.autosavedAt = null),
  )
  // Single large changes, such as an import or a training, are saved immediately.
  watch(
    () => [document.document, document.dirty] as const,
    () => void keepUnsaved(),
    { immediate: true },
  )
  watchDebounced(() => document.project, keepUnsaved, { debounce: REST, maxWait: LONGEST })
}

/** Saves the open project if it has unsaved changes. Without a connection this is impossible; the next edit retries. */
export async function keepUnsaved(): Promise<void> {
  const session = useSession()
  const store = useProject()
  const { project, dirty, document, file, revision, readOnly } = store
  if (project === null || readOnly) return
  try {
    const client = await hostClient()
    if (dirty) {
      const { savedAt } = await client.project.autosave({ document, file: file?.id ?? null, revision, project })
      kept.add(document)
      if (store.document === document) session.autosavedAt = Date.parse(savedAt)
    } else if (kept.delete(document)) await client.project.discard({ document })
  } catch {
    // See above.
  }
}

/** Leaves the open project for another one; its unsaved state is offered again later. */
export async function setAside(): Promise<void> {
  const { document, dirty } = useProject()
  if (!dirty) return
  await keepUnsaved()
  await (await hostClient()).project.setAside({ document })
}
