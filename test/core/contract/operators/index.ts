/** Cases of every operator that Layerloom writes; an operator without cases does not compile. */
import type { OpName } from '#core/onnx/ops'
import { blockedCases } from './blockedCases'
import type { OperatorCase } from './case'
import { controlFlowCases } from './controlFlowCases'
import { convolutionCases } from './convolutionCases'
import { elementwiseCases } from './elementwiseCases'
import { matrixCases } from './matrixCases'
import { movementCases } from './movementCases'
import { reductionCases } from './reductionCases'

export const operatorCases: Record<OpName, readonly OperatorCase[]> = {
  ...elementwiseCases,
  ...reductionCases,
  ...matrixCases,
  ...convolutionCases,
  ...movementCases,
  ...controlFlowCases,
  ...blockedCases,
}
