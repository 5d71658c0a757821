/** Broken invariants: errors that indicate a bug in Layerloom, never a user mistake. */

export class InternalError extends Error {
  override name = 'InternalError'
  constructor(message: string) {
    super(`internal: ${message}`)
  }
}

/** Throws an InternalError unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message)
}
