/** Waits for an expected condition, however slow the machine: what never happens fails, what happens late does not. */
import { vi } from 'vitest'

const LONGEST = 60_000

/** Calls `check` repeatedly until it no longer throws; after a minute, the last failure fails the test. */
export function eventually<T>(check: () => T | Promise<T>, { interval = 50 } = {}): Promise<T> {
  return vi.waitFor(check, { timeout: LONGEST, interval })
}
