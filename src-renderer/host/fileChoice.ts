/** Choosing a file to open or a place to save: the system dialog in the desktop app, an in-page dialog in a browser. */
import { shallowRef } from 'vue'
import type { FileKind, FileReference } from '#core/rpc/contract/file'
import { hostClient } from './hostConnection'

/** A request to the in-page dialog. */
export interface BrowseRequest {
  readonly purpose: 'open' | 'save'
  readonly kind: FileKind
  readonly suggestedName: string
  readonly resolve: (file: FileReference | null) => void
}

/** The request that FileDialog shows; null while none is open. */
export const browseRequest = shallowRef<BrowseRequest | null>(null)

export function answerBrowsing(file: FileReference | null): void {
  const current = browseRequest.value
  browseRequest.value = null
  current?.resolve(file)
}

function browse(request: Omit<BrowseRequest, 'resolve'>): Promise<FileReference | null> {
  answerBrowsing(null)
  return new Promise((resolve) => {
    browseRequest.value = { ...request, resolve }
  })
}

/** A file name derived from the name of a project or run; `otherwise` if no character of it is usable. */
export function fileName(name: string, otherwise: string): string {
  const plain = name
    .replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 100)
  return plain === '' ? otherwise : plain
}

/** A file of this kind chosen by the user, or null. */
export async function chooseFile(kind: FileKind): Promise<FileReference | null> {
  const client = await hostClient()
  const { nativeDialogs } = await client.app.info()
  if (!nativeDialogs) return browse({ purpose: 'open', kind, suggestedName: '' })
  const [file] = await client.dialog.open({ kind, multiple: false })
  return file ?? null
}

/** Where the user wants to save; replacing an existing file has already been confirmed. */
export async function chooseTarget(kind: FileKind, suggestedName: string): Promise<FileReference | null> {
  const client = await hostClient()
  const { nativeDialogs } = await client.app.info()
  return nativeDialogs ? client.dialog.save({ kind, suggestedName }) : browse({ purpose: 'save', kind, suggestedName })
}
