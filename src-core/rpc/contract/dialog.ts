/** File selection: native dialogs in the desktop app, browsing within the user's folders in browser mode. */
import * as z from 'zod'
import { fileKindSchema, fileSchema, folderIdSchema, folderSchema } from './file'
import { nothing, procedure } from './procedure'

const listingSchema = z.object({
  folder: folderSchema,
  /** From the outermost visible folder down to this one, which is excluded. */
  ancestors: z.array(folderSchema),
  folders: z.array(folderSchema),
  files: z.array(fileSchema),
  /** True if the folder has more entries than are listed. */
  truncated: z.boolean(),
})
export type FolderListing = z.infer<typeof listingSchema>

const wayInSchema = z.discriminatedUnion('kind', [
  /** A folder to open, or the folder of `file`. */
  z.object({ kind: z.literal('found'), listing: listingSchema, file: fileSchema.nullable() }),
  /** Nothing has this name, or it cannot be read. */
  z.object({ kind: z.literal('missing') }),
  /** A file of a kind other than the requested one. */
  z.object({ kind: z.literal('other') }),
  /** Outside all places, whether it exists or not. */
  z.object({ kind: z.literal('outside') }),
])
export type WayIn = z.infer<typeof wayInSchema>

export const dialog = {
  /** Prompts for existing files, or for folders if the kind is one; empty if canceled. */
  open: procedure
    .input(z.object({ kind: fileKindSchema, multiple: z.boolean().default(false) }))
    .output(z.array(fileSchema)),
  /** Prompts for where to save; null if canceled. The dialog has already confirmed replacing a file. */
  save: procedure
    .input(z.object({ kind: fileKindSchema, suggestedName: z.string().max(200) }))
    .output(fileSchema.nullable()),
  /** The folders where browsing starts. */
  places: procedure.input(nothing).output(z.array(folderSchema)),
  /** Contents of a folder: its folders, and the files of this kind. Hidden entries are omitted. */
  browse: procedure.input(z.object({ folder: folderIdSchema, kind: fileKindSchema })).output(listingSchema),
  /** Resolves a typed path: absolute, relative to the home folder (`~`), or relative to the folder being browsed. */
  find: procedure
    .input(z.object({ path: z.string().min(1).max(4096), from: folderIdSchema.nullable(), kind: fileKindSchema }))
    .output(wayInSchema),
  /** A folder found by browsing, as the chosen item: for kinds that are folders. */
  folder: procedure.input(z.object({ folder: folderIdSchema })).output(fileSchema),
  /** A file to save to; adds the extension if missing. The caller confirms before replacing an existing file. */
  target: procedure
    .input(z.object({ folder: folderIdSchema, kind: fileKindSchema, name: z.string().min(1).max(200) }))
    .output(z.object({ file: fileSchema, exists: z.boolean() })),
}
