/** Handlers of `project`. */
import { dirname, isAbsolute } from 'node:path'
import type { Project } from '#core/graph/project'
import { documentIdOf, idOfPlace } from '../../project/documentId'
import { checkReading } from '../../data/readers/readingLimits'
import { readProject } from '../../project/readProject'
import { openProject, saveProject } from '../../project/projectFiles'
import type { HandlerContext } from '../context'
import { procedures } from '../procedures'

const { project } = procedures

export const projectHandlers = project.router({
  templates: project.templates.handler(({ context }) => context.templates.list()),

  fromTemplate: project.fromTemplate.handler(({ context, input }) => context.templates.read(input.template)),

  open: project.open.handler(async ({ context, input }) => {
    const path = await context.files.path(input.file)
    // A recent project may be in a location that is not allowed this time.
    await checkReading(path)
    const opened = await openProject(path)
    if (opened.project !== null) await remember(context, path)
    return { ...opened, project: await identified(context, opened.project, path), file: context.files.file(path) }
  }),

  parse: project.parse.handler(({ input }) => readProject(input.text, input.name)),

  save: project.save.handler(async ({ context, input }) => {
    const path = await context.files.path(input.file)
    const from = input.from === null ? null : await context.files.path(input.from)
    const saved = await saveProject({ path, from, revision: input.revision, project: input.project })
    await context.autosaves.discard(input.document)
    await remember(context, path)
    return { ...saved, file: context.files.file(path) }
  }),

  autosave: project.autosave.handler(async ({ context, input: { document, file, revision, project } }) => {
    const path = file === null ? null : await context.files.path(file)
    return { savedAt: await context.autosaves.write(document, context.window, { path, revision, project }) }
  }),

  recoverable: project.recoverable.handler(async ({ context: { autosaves, files } }) =>
    (await autosaves.recoverable()).map(({ document, path, savedAt, project: { name } }) => ({
      document,
      name,
      file: path === null ? null : files.file(path),
      savedAt,
    })),
  ),

  recover: project.recover.handler(async ({ context, input }) => {
    const { path, revision, ...kept } = await context.autosaves.recover(input.document, context.window)
    const project = await identified(context, kept.project, path ?? input.document)
    const file = path === null ? null : context.files.file(path)
    return { project, problems: [], readOnly: false, file, revision }
  }),

  setAside: project.setAside.handler(({ context, input }) => context.autosaves.setAside(input.document)),
  discard: project.discard.handler(({ context, input }) => context.autosaves.discard(input.document)),

  recent: project.recent.handler(async ({ context }) =>
    (await context.recent.list()).map(({ path, openedAt, exists }) => ({
      file: context.files.file(path),
      openedAt,
      exists,
    })),
  ),

  forget: project.forget.handler(async ({ context, input }) =>
    context.recent.forget(await context.files.path(input.file)),
  ),
})

/**
 * The project with an id. A file from before ids gets the id of its earlier runs, if any, so that they remain its own;
 * otherwise one derived from `place`, so that it is the same the next time.
 */
async function identified(context: HandlerContext, project: Project, place: string): Promise<Project>
async function identified(context: HandlerContext, project: Project | null, place: string): Promise<Project | null>
async function identified({ library, dataFolder }: HandlerContext, project: Project | null, place: string) {
  if (project === null || project.id !== undefined) return project
  const former = documentIdOf(project, isAbsolute(place) ? dirname(place) : dataFolder)
  return { ...project, id: (await library.hasRunsOf(former)) ? former : idOfPlace(place) }
}

async function remember({ recent, desktop }: HandlerContext, path: string): Promise<void> {
  // A failure to update the recent files must not fail the call.
  await recent.add(path).catch((error: unknown) => console.warn(String(error)))
  desktop.addRecentDocument(path)
}
