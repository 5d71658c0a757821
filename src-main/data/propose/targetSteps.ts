/** Steps for what is to be predicted. */
import type { Project } from '#core/graph/project'
import type { DataProposal } from '#core/rpc/contract/data'

/** Numbers of any size are brought to the size that networks learn well. */
export const targetSteps = (task: Project['task']): DataProposal['preprocess'] =>
  task === 'regression' ? [{ kind: 'standardize-target' }] : []
