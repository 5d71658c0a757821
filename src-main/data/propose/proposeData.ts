/** What a file or folder holds, and how a project would use it. */
import type { DataSource } from '#core/graph/dataSettings'
import type { DataProposal } from '#core/rpc/contract/data'

export async function proposeData(_path: string, _source?: DataSource): Promise<DataProposal> {
  throw new Error('internal: not there yet')
}
