/** Keeps the unsaved state of the open document on disk, and takes it away where an undo made it the saved one again. */
import { watchDebounced } from '@vueuse/core'
import { watch } from 'vue'
import { useSession } from '../frame/sessionStore'
import { useProject } from '../stores/projectStore'
import { hostClient } from '../host/hostConnection'

/** Quiet time after an edit before the document is kept, and the longest time without keeping it, in milliseconds. */
const REST = 1500
const LONGEST = 10_000

/** Documents with an autosave of this window. */
const kept = new Set<string>()

/** Follows the open document; once, after the stores are installed. */
export function startAutosave(): void {
  const session = useSession()
  const document = useProject()
  watch(
    () => document.document,
    () => (session.autosavedAt = null),
  )
  // What was made in one step, such as an import or a training, is kept at once.
  watch(
    () => [document.document, document.dirty] as const,
    () => void keepUnsaved(),
    { immediate: true },
  )
  watchDebounced(() => document.project, keepUnsaved, { debounce: REST, maxWait: LONGEST })
}

/** Writes the open document down where it has unsaved changes. Without a connection there is nowhere to; the next edit tries again. */
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

/** The open document is left as it is for another one; its unsaved state is offered again. */
export async function setAside(): Promise<void> {
  const { document, dirty } = useProject()
  if (!dirty) return
  await keepUnsaved()
  await (await hostClient()).project.setAside({ document })
}
