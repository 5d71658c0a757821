/**
 * File and folder names valid on every system: what Windows forbids is rejected everywhere, so that folders stay
 * portable.
 */

const forbidden = /[<>:"/\\|?*\u0000-\u001f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** Maximum bytes of a name in most file systems. */
const LONGEST = 255

/** Whether it is one plain name: no path, no device, nothing that a system interprets differently. */
export function isPlainName(name: string): boolean {
  return name !== '' && Buffer.byteLength(name) <= LONGEST && !forbidden.test(name)
}
