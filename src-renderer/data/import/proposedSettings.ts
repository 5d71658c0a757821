/** The user's changes to a proposal before it is accepted. */
import type { DataSource } from '#core/graph/dataSettings'
import type { DataProposal } from '#core/rpc/contract/data'

/** The columns of a proposed table with the user's change to one; undefined if the source has no such roles. */
export function baseSource(
  { source }: DataProposal,
  said: DataSource | null,
): Extract<DataSource, { kind: 'table' }> | null {
  if (source?.kind === 'table') return source
  if (source !== null) return null
  // Nothing predictable was detected: the user states it.
  return said?.kind === 'table' ? said : { kind: 'table', path: '', label: '', columns: [] }
}
