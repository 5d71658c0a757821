/** Steps for the target. */
import type { Project } from '#core/graph/project'
import type { DataProposal } from '#core/rpc/contract/data'

/** Scales numbers of any size to a range that networks learn well. */
export const targetSteps = (task: Project['task']): DataProposal['preprocess'] =>
  task === 'regression' ? [{ kind: 'standardize-target' }] : []
