/**
 * The gradient table. It is exhaustive by type: an operator that is neither here nor listed as non-differentiable
 * does not compile.
 */
import type { OpName } from '../../onnx/ops'
import type { GradientRule } from '../rule'
import { convolutionGradients } from './convolution'
import { elementwiseGradients } from './elementwise'
import { matrixGradients } from './matrix'
import { movementGradients } from './movement'
import { normalizationGradients } from './normalization'
import { poolingGradients } from './pooling'
import { reductionGradients } from './reduction'

/** Operators without a gradient, each with its reason. */
export const nonDifferentiable = {
  Sign: 'piecewise constant',
  Floor: 'piecewise constant',
  Cos: 'written by transforms only, ahead of every weight',
  Not: 'boolean result',
  Equal: 'boolean result',
  Greater: 'boolean result',
  Less: 'boolean result',
  And: 'boolean result',
  ArgMax: 'integer result',
  OneHot: 'integer input',
  ScatterElements: 'counts token ids, or is written by gradients',
  'ms.FusedMatMul': 'written by gradients only',
  Loop: 'wraps whole steps',
  'nchwc.Conv': 'written by the layout pass, after differentiation',
  'nchwc.MaxPool': 'written by the layout pass, after differentiation',
  'nchwc.AveragePool': 'written by the layout pass, after differentiation',
  'nchwc.GlobalAveragePool': 'written by the layout pass, after differentiation',
  'nchwc.Upsample': 'written by the layout pass, after differentiation',
  'nchwc.ReorderInput': 'written by the layout pass, after differentiation',
  'nchwc.ReorderOutput': 'written by the layout pass, after differentiation',
} as const satisfies Partial<Record<OpName, string>>

export type DifferentiableOp = Exclude<OpName, keyof typeof nonDifferentiable>

export const gradientRules: { [Op in DifferentiableOp]: GradientRule } = {
  ...elementwiseGradients,
  ...matrixGradients,
  ...movementGradients,
  ...reductionGradients,
  ...convolutionGradients,
  ...poolingGradients,
  ...normalizationGradients,
}
