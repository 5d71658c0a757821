/** Project files: templates, opening, saving, autosave with recovery, recent files. */
import * as z from 'zod'
import { projectSchema, type Project } from '../../graph/project'
import { fileIdSchema, fileSchema } from './file'
import { nothing, problemsSchema, procedure } from './procedure'

/** Windows send complete projects, so fields that are optional in a file are required of callers. */
export const documentSchema = projectSchema as unknown as z.ZodType<Project, Project>

/** A project in a window, from its creation or opening until it is closed; the window generates it at random. */
const documentIdSchema = z.string().regex(/^[\w-]{8,64}$/)

/** SHA-256 of the file as read or written, to detect changes made elsewhere. */
const revisionSchema = z.string().regex(/^[0-9a-f]{64}$/)

const templateSchema = z.object({
  /** File name without extension, e.g. `mnist-cnn`. */
  template: z.string(),
  name: z.string(),
  task: projectSchema.shape.task,
  /** Name of the built-in dataset, or the kind of source. */
  source: z.string(),
  layers: z.int(),
})
export type Template = z.infer<typeof templateSchema>

/** A project that was read, or the problems that prevented it. */
const loadedSchema = z.object({
  project: documentSchema.nullable(),
  problems: problemsSchema,
  /** Set if a newer version wrote the file: it can be viewed, but only saved under another name. */
  readOnly: z.boolean(),
})

const openedSchema = loadedSchema.extend({ file: fileSchema, revision: revisionSchema })

const savedSchema = z.object({
  file: fileSchema,
  revision: revisionSchema,
  /** The project as written: its paths are relative to the file's folder, which may be a new one. */
  project: documentSchema,
})

const recoverableSchema = z.object({
  document: documentIdSchema,
  name: z.string(),
  /** Null if it was never saved. */
  file: fileSchema.nullable(),
  savedAt: z.iso.datetime(),
})

const autosaveSchema = z.object({
  document: documentIdSchema,
  file: fileIdSchema.nullable(),
  revision: revisionSchema.nullable(),
  project: documentSchema,
})

export const project = {
  templates: procedure.input(nothing).output(z.array(templateSchema)),
  fromTemplate: procedure.input(z.object({ template: z.string().regex(/^[\w-]{1,100}$/) })).output(loadedSchema),
  open: procedure.input(z.object({ file: fileIdSchema })).output(openedSchema),
  /** Reads the text of a file dropped on the window; it has no location on disk until it is saved. */
  parse: procedure
    .input(z.object({ name: z.string().max(500), text: z.string().max(32 * 2 ** 20) }))
    .output(loadedSchema),
  /**
   * Writes the whole file or nothing. Fails with `file-changed` if the file on disk no longer matches
   * `revision`; null replaces any existing file. Removes the autosave of `document`.
   */
  save: procedure
    .input(
      z.object({
        file: fileIdSchema,
        /** The file the project was opened from, if different: relative paths are rewritten. */
        from: fileIdSchema.nullable().default(null),
        revision: revisionSchema.nullable(),
        document: documentIdSchema,
        project: documentSchema,
      }),
    )
    .output(savedSchema),
  /** Stores the state of a project with unsaved changes, to be offered after a crash. */
  autosave: procedure.input(autosaveSchema).output(z.object({ savedAt: z.iso.datetime() })),
  /** Autosaves whose window no longer exists. */
  recoverable: procedure.input(nothing).output(z.array(recoverableSchema)),
  /**
   * The state of such a project; it now belongs to the caller's window, and the autosave stays until it is saved or
   * discarded.
   */
  recover: procedure
    .input(z.object({ document: documentIdSchema }))
    .output(loadedSchema.extend({ file: fileSchema.nullable(), revision: revisionSchema.nullable() })),
  /** The window switches to another project; unsaved changes of this one are offered for recovery. */
  setAside: procedure.input(z.object({ document: documentIdSchema })).output(nothing),
  discard: procedure.input(z.object({ document: documentIdSchema })).output(nothing),
  /** Most recent first. */
  recent: procedure
    .input(nothing)
    .output(z.array(z.object({ file: fileSchema, openedAt: z.iso.datetime(), exists: z.boolean() }))),
  forget: procedure.input(z.object({ file: fileIdSchema })).output(nothing),
}
