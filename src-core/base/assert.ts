/** Broken invariants: errors that mean a defect in Layerloom, never a mistake of the person using it. */

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
