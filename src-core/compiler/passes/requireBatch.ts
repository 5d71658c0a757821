/** Refuses a batch from which a layer cannot learn. */
import { ProblemError } from '../../problems/problem'
import { checkBatch } from '../batchNeeds'
import type { Forward } from '../network'

/** @throws ProblemError `training-setting` */
export function requireBatch({ network, batchSize }: Forward & { readonly batchSize: number }): void {
  const problems = checkBatch(network.batchNeeds, batchSize)
  if (problems.length > 0) throw new ProblemError(problems)
}
