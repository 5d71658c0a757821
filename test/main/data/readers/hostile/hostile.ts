/** One hostile input: its content, how it is written, its reader, and the expected problem. */
import type { ProblemCode } from '#core/problems/codes'
import type { Place } from '#core/problems/problem'
import type { TemporaryFolder } from '../../temporaryFolder'

export interface Hostile {
  readonly what: string
  /** Writes it and returns the path that is passed to the reader and that the problem names. */
  readonly write: (folder: TemporaryFolder) => Promise<string>
  readonly read: (path: string) => Promise<unknown>
  readonly code: ProblemCode
  /** The rest of the place. */
  readonly place: Omit<Place, 'file'>
}

type Read = Hostile['read']

/** Description, content, code, place. */
export type HostileFile = readonly [string, string | Uint8Array, ProblemCode, Omit<Place, 'file'>?]

/** Cases of one reader. */
export function filesFor(read: Read, name: string, rows: readonly HostileFile[]): Hostile[] {
  return rows.map(([what, content, code, place = {}]) => ({
    what: `${name}: ${what}`,
    write: (folder) => folder.write(name, content),
    read,
    code,
    place,
  }))
}
