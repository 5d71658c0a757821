/** What a person changes of a proposal before it is accepted. */
import type { DataSource } from '#core/graph/dataSettings'
import type { DataProposal } from '#core/rpc/contract/data'

/** The columns of a proposal's table with what a person changes of one; undefined where a source has no such roles. */
export function baseSource(
  { source }: DataProposal,
  said: DataSource | null,
): Extract<DataSource, { kind: 'table' }> | null {
  if (source?.kind === 'table') return source
  if (source !== null) return null
  // Nothing was found that can be predicted: the person says it.
  return said?.kind === 'table' ? said : { kind: 'table', path: '', label: '', columns: [] }
}
