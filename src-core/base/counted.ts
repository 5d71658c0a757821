/** Numbers of things in sentences. */

/** `1 file`, `3 files`; `many` where the plural is not the word with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
