/** Keeps the open project across a page reload, so that nothing has to be reopened. Its history starts over. */
import * as z from 'zod'
import { projectSchema } from '#core/graph/project'
import { fileSchema } from '#core/rpc/contract/file'
import { useProject } from '../stores/projectStore'

const KEY = 'layerloom.openProject'

const keptSchema = z.object({
  project: projectSchema,
  file: fileSchema.nullable(),
  revision: z.string().nullable(),
  document: z.string(),
  readOnly: z.boolean(),
  dirty: z.boolean(),
})

/** Stores the open project where only this tab finds it. */
export function keepForReload(): void {
  const { project, file, revision, document, readOnly, dirty } = useProject()
  try {
    if (project === null) window.sessionStorage.removeItem(KEY)
    else window.sessionStorage.setItem(KEY, JSON.stringify({ project, file, revision, document, readOnly, dirty }))
  } catch {
    // A project too large for the storage is recovered from its autosave instead.
  }
}

/** Reopens the project this tab had open before the reload. */
export function takeUpAfterReload(): void {
  const text = window.sessionStorage.getItem(KEY)
  if (text === null) return
  window.sessionStorage.removeItem(KEY)
  const kept = keptSchema.safeParse(parse(text))
  if (!kept.success) return
  const { project, file, dirty, ...options } = kept.data
  useProject().open(project, file, { ...options, changed: dirty })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
