/** Waits for what a test means to see, however long a busy machine takes: what never comes fails, what comes late does not. */
import { vi } from 'vitest'

const LONGEST = 60_000

/** Calls `check` again and again until it no longer throws; the last failure is the test's after a minute. */
export function eventually<T>(check: () => T | Promise<T>, { interval = 50 } = {}): Promise<T> {
  return vi.waitFor(check, { timeout: LONGEST, interval })
}
