/** What was dropped on the window; read from the event immediately, because the event is empty afterwards. */

export interface DroppedItem {
  readonly file: File | null
  /** Distinguishes folders from files, and gives access to their contents. */
  readonly entry: FileSystemEntry | null
}

export function droppedItems(transfer: DataTransfer): readonly DroppedItem[] {
  return [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }))
}

/** A single project file is opened; anything else is data. */
export function projectFileOf(items: readonly DroppedItem[]): File | null {
  const [only, ...others] = items
  const file = others.length === 0 && only?.entry?.isDirectory !== true ? (only?.file ?? null) : null
  return file?.name.toLowerCase().endsWith('.loom') === true ? file : null
}
