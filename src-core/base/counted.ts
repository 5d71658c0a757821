/** Counts in sentences. */

/** `1 file`, `3 files`; `many` if the plural is not formed with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
