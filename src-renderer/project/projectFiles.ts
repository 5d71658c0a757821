/** Creating, opening and saving the project of this window, with confirmation before anything is lost. */
import { ProblemError } from '#core/problems/problem'
import type { Project } from '#core/graph/project'
import type { FileId, FileReference } from '#core/rpc/contract/file'
import { projectSchema } from '#core/graph/project'
import { navigate } from '../frame/router'
import { inLanguage, useText } from '../i18n/useText'
import { projectScreen } from '../frame/screens'
import { failureText } from '../i18n/failureText'
import { useProject } from '../stores/projectStore'
import { ask } from '../ui/questions'
import { showToast } from '../ui/toasts'
import { useEditor } from '../editor/editorStore'
import { chooseFile, chooseTarget, fileName } from '../host/fileChoice'
import { hostClient } from '../host/hostConnection'
import { templateTexts } from './templateTexts'

interface Loaded {
  readonly project: Project | null
  readonly problems: ConstructorParameters<typeof ProblemError>[0]
  readonly readOnly: boolean
}

/** The project read from the file. @throws ProblemError with what is wrong with it. */
function projectOf({ project, problems }: Loaded): Project {
  if (project === null) throw new ProblemError(problems)
  return project
}

/** Asks what to do with unsaved changes. True if the open project may be closed. */
export async function mayLeave(): Promise<boolean> {
  const document = useProject()
  const { t } = useText()
  if (!document.dirty) return true
  const answer = await ask({
    title: t('files.leaveTitle', { name: document.project?.name ?? '' }),
    text: t('files.leaveText'),
    answers: [
      { id: 'discard', label: t('files.discardChanges') },
      { id: 'cancel', label: t('kit.cancel') },
      { id: 'save', label: t('files.saveChanges'), weight: 'safe' },
    ],
  })
  if (answer === 'save') return saveOpenProject()
  if (answer !== 'discard') return false
  await (await hostClient()).project.discard({ document: document.document }).catch(() => undefined)
  return true
}

/** Opens a project without a file; `changed` if it contains work that would be lost. */
function begin(project: Project, arrange: boolean, changed = false): boolean {
  const document = useProject()
  document.open(project, null, { changed })
  if (arrange) useEditor().unarranged = document.document
  return true
}

export async function createFromTemplate(template: string): Promise<boolean> {
  const client = await hostClient()
  const project = projectOf(await client.project.fromTemplate({ template }))
  // Template files have English names.
  const title = useText().language.value === 'en' ? undefined : templateTexts[template]?.title
  const name = title && inLanguage(title)
  return (await mayLeave()) && begin(name === undefined ? project : { ...project, name }, true)
}

/** A project without layers, on the data that needs no preparation. */
export async function createEmpty(): Promise<boolean> {
  if (!(await mayLeave())) return false
  const project = projectSchema.parse({
    format: 'layerloom',
    version: 1,
    name: useText().t('files.untitled'),
    task: 'classification',
    data: { source: { kind: 'builtin', name: 'mnist' } },
    transforms: [{ kind: 'normalize' }],
    graph: { nodes: [], edges: [] },
  })
  return begin(project, false)
}

/** Opens a project created elsewhere, once the current one may be closed; false if it may not. */
export async function openNewProject(project: Project): Promise<boolean> {
  return (await mayLeave()) && begin(project, true, true)
}

/**
 * Opens the project a run was started with, as a new one with the run in its history; false if the current one is kept.
 */
export async function openRunAsProject(run: string): Promise<boolean> {
  const client = await hostClient()
  const { project, document, startedAt } = await client.run.project({ run })
  const { id: _id, ...own } = project
  return (await mayLeave()) && begin({ ...own, origin: { id: document, at: startedAt } }, false, true)
}

export async function openProjectFile(file: FileId): Promise<boolean> {
  const client = await hostClient()
  const opened = await client.project.open({ file })
  const project = projectOf(opened)
  if (!(await mayLeave())) return false
  useProject().open(project, opened.file, { readOnly: opened.readOnly, revision: opened.revision })
  if (opened.readOnly) showToast({ tone: 'warn', text: useText().t('files.newerVersion') })
  else if (opened.problems.length > 0) showToast({ tone: 'warn', text: failureText(new ProblemError(opened.problems)) })
  return true
}

/** Lets the user choose the file. */
export async function openChosenFile(): Promise<boolean> {
  const file = await chooseFile('project')
  return file !== null && openProjectFile(file.id)
}

/** Opens the text of a file dropped on the window; it has no path until it is saved. */
export async function openDroppedFile(dropped: File): Promise<boolean> {
  const client = await hostClient()
  const loaded = await client.project.parse({ name: dropped.name, text: await dropped.text() })
  const project = projectOf(loaded)
  if (!(await mayLeave())) return false
  useProject().open(project, null, { readOnly: loaded.readOnly, changed: true })
  return true
}

export async function recover(document: string): Promise<boolean> {
  const client = await hostClient()
  if (!(await mayLeave())) return false
  const { project, problems, readOnly, file, revision } = await client.project.recover({ document })
  useProject().open(projectOf({ project, problems, readOnly }), file, { revision, document, changed: true })
  return true
}

/** Shows the open project after it was opened from outside the start screen. */
export function showProject(): void {
  navigate(projectScreen)
}

/** Saves to the project's file, or asks for one. True if it was saved. */
export async function saveOpenProject(): Promise<boolean> {
  const { file, readOnly } = useProject()
  return file === null || readOnly ? saveProjectAs() : write(file, true)
}

/** A copy under another name is a separate project that shares the history of the original. */
function copyOf(project: Project): Project {
  const { id, ...own } = project
  return { ...own, id: crypto.randomUUID(), ...(id !== undefined && { origin: { id, at: new Date().toISOString() } }) }
}

export async function saveProjectAs(): Promise<boolean> {
  const { project } = useProject()
  if (project === null) return false
  const target = await chooseTarget('project', fileName(project.name, 'project'))
  return target !== null && write(target, false)
}

/** Writes the project; `guarded` refuses to replace changes another program has made since. */
async function write(target: FileReference, guarded: boolean): Promise<boolean> {
  const document = useProject()
  const { project, file, revision } = document
  if (project === null) return false
  try {
    const client = await hostClient()
    const saved = await client.project.save({
      file: target.id,
      from: file?.id ?? null,
      revision: guarded ? revision : null,
      document: document.document,
      project: file === null || file.id === target.id ? project : copyOf(project),
    })
    document.markSaved(saved.project, saved.file, saved.revision, project)
    return true
  } catch (error) {
    const changed = error instanceof ProblemError && error.problems.some(({ code }) => code === 'file-changed')
    if (changed && guarded) return resolveConflict(target)
    showToast({ tone: 'error', text: failureText(error) })
    return false
  }
}

/** The file on disk differs from the one opened: asks which of the two to keep. */
async function resolveConflict(target: FileReference): Promise<boolean> {
  const { t } = useText()
  const answer = await ask({
    title: t('files.changedTitle', { name: target.name }),
    text: t('files.changedText'),
    answers: [
      { id: 'replace', label: t('files.replaceIt') },
      { id: 'cancel', label: t('kit.cancel') },
      { id: 'other', label: t('files.saveElsewhere'), weight: 'safe' },
    ],
  })
  if (answer === 'replace') return write(target, false)
  return answer === 'other' && saveProjectAs()
}
