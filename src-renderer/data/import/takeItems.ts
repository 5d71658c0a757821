/** Dropped files as the host knows them: by path in the desktop app, as a copy elsewhere. */
import { BRIDGE, type DesktopBridge } from '#core/rpc/bridge'
import { fail } from '#core/problems/problem'
import type { FileReference } from '#core/rpc/contract/file'
import { hostClient } from '../../host/hostConnection'
import type { DroppedItem } from '../../frame/droppedItem'
import { useText } from '../../i18n/useText'
import { collectFiles } from './collectFiles'
import { copyFiles } from './copyFiles'

export interface Copying {
  readonly kind: 'copy'
  readonly name: string
  readonly done: number
  readonly total: number
}

/** @throws ProblemError where it is empty, or cannot be copied */
export async function takeItems(
  items: readonly DroppedItem[],
  signal: AbortSignal,
  onProgress: (copying: Copying) => void,
): Promise<{ readonly file: FileReference; readonly isCopy: boolean }> {
  const placed = await placeOf(items)
  if (placed !== null) return { file: placed, isCopy: false }
  const client = await hostClient()
  const collected = await collectFiles(items, useText().t('data.droppedFiles'))
  if (collected.files.length === 0) failNothing(collected.name)
  const { name, bytes: total } = collected
  onProgress({ kind: 'copy', name, done: 0, total })
  const file = await copyFiles(client, collected, signal, (done) => onProgress({ kind: 'copy', name, done, total }))
  return { file, isCopy: true }
}

/** Null in a browser, and for multiple files, which have no common path. */
async function placeOf(items: readonly DroppedItem[]): Promise<FileReference | null> {
  const bridge = (window as Window & { readonly [BRIDGE]?: DesktopBridge })[BRIDGE]
  const [only, ...others] = items
  if (bridge === undefined || others.length > 0 || !only?.file) return null
  return bridge.dropped(only.file)
}

function failNothing(name: string): never {
  return fail('data-empty', 'dropped', { received: name })
}
