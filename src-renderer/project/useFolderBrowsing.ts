/** Browsing the folders the host exposes to this window: places, one folder at a time, and typed paths. */
import { computed, ref, shallowRef } from 'vue'
import type { FolderListing } from '#core/rpc/contract/dialog'
import type { FileKind, FileReference, FolderId, FolderReference } from '#core/rpc/contract/file'
import { useText } from '../i18n/useText'
import { failureText } from '../i18n/failureText'
import { BROWSE_COMMAND } from './browseCommand'
import { hostClient } from '../host/hostConnection'

/** Folder of the last chosen file, where browsing starts next time. */
let lastFolder: FolderId | null = null

/** Why a path is invalid. */
const reasons = {
  missing: 'files.pathMissing',
  other: 'files.pathOther',
  outside: 'files.pathOutside',
} as const

/** `kind` is called whenever a folder is listed. */
export function useFolderBrowsing(kind: () => FileKind) {
  const { t } = useText()
  const places = shallowRef<readonly FolderReference[] | null>(null)
  const listing = shallowRef<FolderListing | null>(null)
  const chosen = shallowRef<FileReference | null>(null)
  /** Text of the path field. */
  const path = ref('')
  const failure = ref('')
  /** Why the path in the field is invalid. */
  const pathError = ref<string | null>(null)

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      failure.value = ''
      await work()
    } catch (error) {
      failure.value = failureText(error)
    }
  }

  function show(shown: FolderListing, file: FileReference | null): void {
    listing.value = shown
    chosen.value = file
    path.value = shown.folder.path
    pathError.value = null
    lastFolder = shown.folder.id
  }

  const enter = (folder: FolderId): Promise<void> =>
    attempt(async () => show(await (await hostClient()).dialog.browse({ folder, kind: kind() }), null))

  /** Starts in the folder of the last chosen file, or in the first place that can be opened. */
  async function begin(): Promise<void> {
    places.value = listing.value = chosen.value = null
    path.value = failure.value = ''
    pathError.value = null
    await attempt(async () => {
      places.value = await (await hostClient()).dialog.places()
    })
    for (const folder of [lastFolder, ...(places.value ?? []).map(({ id }) => id)]) {
      if (folder !== null) await enter(folder)
      if (listing.value !== null) return
    }
  }

  /** Goes to the path in the field. True if it is a file, which is then chosen. */
  async function go(): Promise<boolean> {
    const text = path.value.trim()
    if (text === '') return false
    let isFile = false
    await attempt(async () => {
      const from = listing.value?.folder.id ?? null
      const way = await (await hostClient()).dialog.find({ path: text, from, kind: kind() })
      isFile = way.kind === 'found' && way.file !== null
      if (way.kind === 'found') show(way.listing, way.file)
      else {
        path.value = text
        pathError.value = t(reasons[way.kind], { command: BROWSE_COMMAND })
      }
    })
    return isFile
  }

  const place = computed(() => placeOf(listing.value, places.value ?? []))
  return { places, place, listing, chosen, path, pathError, failure, attempt, enter, begin, go }
}

/** The innermost place that contains the folder. */
function placeOf(shown: FolderListing | null, places: readonly FolderReference[]): FolderId | null {
  const way = shown === null ? [] : [shown.folder, ...[...shown.ancestors].reverse()]
  const ids = new Set(places.map(({ id }) => id))
  return way.find(({ id }) => ids.has(id))?.id ?? null
}
