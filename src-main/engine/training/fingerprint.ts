/** Checks that the data of a run is still what it was trained on. */
import { fail } from '#core/problems/problem'
import type { OpenedRun } from '../../runs/store'

/** @throws ProblemError `data-checksum`: with other data the splits, and so all figures, would mean something else */
export function checkFingerprint({ folder, record }: OpenedRun, received: string): void {
  const expected = record.data.fingerprint
  if (received === expected) return
  fail({
    code: 'data-checksum',
    place: { file: folder },
    message: 'The data has changed since the run.',
    expected: `the data with SHA-256 ${expected.slice(0, 16)}…`,
    received: `data with SHA-256 ${received.slice(0, 16)}…`,
    fix: 'Restore the data, or train a new run on the data as it is now.',
    data: { case: 'run' },
  })
}
