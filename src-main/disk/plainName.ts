/** Names of files and folders that every system takes: what Windows forbids is refused everywhere, so that folders can be carried. */

const forbidden = /[<>:"/\\|?*\u0000-\u001f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** Bytes of a name in most file systems. */
const LONGEST = 255

/** Whether it is one plain name: no path, no device, nothing that a system reads in another way. */
export function isPlainName(name: string): boolean {
  return name !== '' && Buffer.byteLength(name) <= LONGEST && !forbidden.test(name)
}
