/** What was dropped on the window: taken out of the event at once, because it is empty afterwards. */

export interface DroppedItem {
  readonly file: File | null
  /** Tells folders from files, and gives what is in them. */
  readonly entry: FileSystemEntry | null
}

export function droppedItems(transfer: DataTransfer): readonly DroppedItem[] {
  return [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }))
}

/** A single project file, which is opened; anything else is data. */
export function projectFileOf(items: readonly DroppedItem[]): File | null {
  const [only, ...others] = items
  const file = others.length === 0 && only?.entry?.isDirectory !== true ? (only?.file ?? null) : null
  return file?.name.toLowerCase().endsWith('.loom') === true ? file : null
}
