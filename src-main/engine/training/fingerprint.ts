/** Checks that the data of a run is still what it was trained on. */
import { fail } from '#core/problems/problem'
import type { OpenedRun } from '../../runs/store'

/** @throws ProblemError `data-checksum`: with other data the splits, and so all figures, would mean something else */
export function checkFingerprint({ folder, record }: OpenedRun, received: string): void {
  const expected = record.data.fingerprint
  if (received === expected) return
  fail('data-checksum', 'run', { wanted: expected.slice(0, 16), found: received.slice(0, 16) }, { file: folder })
}
