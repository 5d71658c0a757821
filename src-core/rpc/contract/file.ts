/** Files and folders as the window knows them: opaque ids from the host, which alone can turn them into paths. */
import * as z from 'zod'

const idSchema = z.string().regex(/^[\w-]{16,64}$/)

/** Id of a file the user chose in a dialog, opened from the command line or used before. */
export const fileIdSchema = idSchema.brand<'FileId'>()
export type FileId = z.infer<typeof fileIdSchema>

/** Id of a folder shown while browsing. */
export const folderIdSchema = idSchema.brand<'FolderId'>()
export type FolderId = z.infer<typeof folderIdSchema>

export const fileSchema = z.object({
  id: fileIdSchema,
  /** With extension, e.g. `digits.loom`. */
  name: z.string(),
  /** Location for display; the home folder is written `~`. */
  folder: z.string(),
})
export type FileReference = z.infer<typeof fileSchema>

export const folderSchema = z.object({ id: folderIdSchema, name: z.string(), path: z.string() })
export type FolderReference = z.infer<typeof folderSchema>

/**
 * The kinds of file a dialog can select, with their extensions; no extensions means any file, and for `data-folder`
 * only folders.
 */
export const fileKinds = {
  project: ['loom'],
  model: ['onnx'],
  table: ['csv', 'tsv', 'txt', 'parquet', 'pq'],
  image: ['png', 'jpg', 'jpeg', 'bmp', 'webp', 'tif', 'tiff', 'gif', 'pgm', 'ppm'],
  idx: [],
  /** A dataset in a file of any format. */
  data: [],
  /** A dataset that is a folder. */
  'data-folder': [],
} as const satisfies Record<string, readonly string[]>
export type FileKind = keyof typeof fileKinds
export const fileKindSchema = z.enum(Object.keys(fileKinds) as [FileKind, ...FileKind[]])
