/** Choosing files: native dialogs in the desktop app, browsing within the person's folders in browser mode. */
import * as z from 'zod'
import { fileKindSchema, fileSchema, folderIdSchema, folderSchema } from './file'
import { nothing, procedure } from './procedure'

const listingSchema = z.object({
  folder: folderSchema,
  /** From the outermost folder that may be seen down to this one, without it. */
  ancestors: z.array(folderSchema),
  folders: z.array(folderSchema),
  files: z.array(fileSchema),
  /** True when the folder holds more entries than are listed. */
  truncated: z.boolean(),
})
export type FolderListing = z.infer<typeof listingSchema>

const wayInSchema = z.discriminatedUnion('kind', [
  /** A folder to look into, or that of `file`. */
  z.object({ kind: z.literal('found'), listing: listingSchema, file: fileSchema.nullable() }),
  /** There is nothing of this name, or what is there cannot be read. */
  z.object({ kind: z.literal('missing') }),
  /** A file of another kind than is asked for. */
  z.object({ kind: z.literal('other') }),
  /** Outside all places, whether there is something or not. */
  z.object({ kind: z.literal('outside') }),
])
export type WayIn = z.infer<typeof wayInSchema>

export const dialog = {
  /** Asks for existing files, or for folders where the kind is one; an empty answer means it was cancelled. */
  open: procedure
    .input(z.object({ kind: fileKindSchema, multiple: z.boolean().default(false) }))
    .output(z.array(fileSchema)),
  /** Asks where to save; null means it was cancelled. The dialog has asked before replacing a file. */
  save: procedure
    .input(z.object({ kind: fileKindSchema, suggestedName: z.string().max(200) }))
    .output(fileSchema.nullable()),
  /** The folders where browsing begins. */
  places: procedure.input(nothing).output(z.array(folderSchema)),
  /** What a folder holds: its folders, and the files of this kind. Hidden entries are left out. */
  browse: procedure.input(z.object({ folder: folderIdSchema, kind: fileKindSchema })).output(listingSchema),
  /** What a typed path leads to: absolute, from the home folder (`~`), or from the folder that is looked into. */
  find: procedure
    .input(z.object({ path: z.string().min(1).max(4096), from: folderIdSchema.nullable(), kind: fileKindSchema }))
    .output(wayInSchema),
  /** A folder found by browsing, as what was chosen: for kinds that are folders. */
  folder: procedure.input(z.object({ folder: folderIdSchema })).output(fileSchema),
  /** A file to save to; the extension is added where it is missing. The caller asks before replacing one that exists. */
  target: procedure
    .input(z.object({ folder: folderIdSchema, kind: fileKindSchema, name: z.string().min(1).max(200) }))
    .output(z.object({ file: fileSchema, exists: z.boolean() })),
}
