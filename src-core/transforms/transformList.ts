/**
 * The list of transforms of a project: checked against the images, fitted on the training split, and stored with the run, so
 * that training, evaluation, export and replay do the same.
 */
import type { ColumnStatistics, DataStatistics, SampleFacts } from '../data/facts'
import { invariant } from '../base/assert'
import { checkParams, type ParamSpecs, type ParamValues } from '../params/params'
import { ProblemError, type Problem } from '../problems/problem'
import { makeProblem, wordProblem } from '../problems/wording'
import { formatShape } from '../tensor/shape'
import { findTransform, transforms } from './index'
import type { FittedNumbers, ImageShape, Refuse, TransformDefinition } from './transform'

/** A step as in the project file: its kind and the parameters that differ from the defaults. */
export interface TransformStep {
  readonly kind: string
  readonly enabled: boolean
  readonly [param: string]: unknown
}

/** An active step with everything its lowering needs; plain JSON. */
export interface FittedTransform {
  readonly kind: string
  /** Number of steps of the same kind before it in the project, including disabled ones: its name among the draws. */
  readonly occurrence: number
  readonly params: ParamValues<ParamSpecs>
  readonly fitted: FittedNumbers
  /** Shape of its input images. */
  readonly from: ImageShape
}

/** The transforms of a run; stored in it. */
export interface FittedTransforms {
  readonly steps: readonly FittedTransform[]
  /** Shape of one sample as it enters the network. */
  readonly shape: readonly number[]
}

/** No transforms: samples enter the network as prepared. */
export const noTransforms = (shape: readonly number[]): FittedTransforms => ({ steps: [], shape })

/** A step of a project that can be applied. */
export interface CheckedTransform {
  readonly definition: TransformDefinition
  /** Position in the project's list. */
  readonly index: number
  readonly occurrence: number
  readonly params: ParamValues<ParamSpecs>
  readonly from: ImageShape
}

export interface CheckedTransforms {
  readonly steps: readonly CheckedTransform[]
  readonly shape: readonly number[]
  /** All problems; steps with one are left out. */
  readonly problems: readonly Problem[]
}

/** Checks the enabled steps against samples of this shape. */
export function checkTransforms(list: readonly TransformStep[], shape: readonly number[]): CheckedTransforms {
  const steps: CheckedTransform[] = []
  const problems: Problem[] = []
  let current = shape
  let normalized: string | undefined
  list.forEach((step, index) => {
    if (!step.enabled) return
    const occurrence = list.slice(0, index).filter(({ kind }) => kind === step.kind).length
    const checked = checkStep(step, `transforms.${index}`, current, normalized)
    problems.push(...checked.problems)
    if (!checked.definition || problems.length > 0) return
    const { definition, params, to } = checked
    steps.push({ definition, index, occurrence, params, from: current as ImageShape })
    current = to
    if (definition.scale) normalized = definition.title
  })
  return { steps, shape: current, problems }
}

interface CheckedOne {
  readonly definition?: TransformDefinition
  readonly params: ParamValues<ParamSpecs>
  readonly to: ImageShape
  readonly problems: readonly Problem[]
}

function checkStep(
  { kind, enabled: _enabled, ...given }: TransformStep,
  place: string,
  shape: readonly number[],
  normalized: string | undefined,
): CheckedOne {
  const wrong = (...problems: readonly Problem[]): CheckedOne => ({ params: {}, to: [1, 1, 1], problems })
  const definition = findTransform(kind)
  if (!definition) return wrong(unknownKind(kind, `${place}.kind`))
  if (!isImage(shape)) return wrong(notAnImage(definition, place, shape))
  const { values, problems } = checkParams(definition.params, given, definition.title, { param: place })
  if (problems.length > 0) return wrong(...problems.map((problem) => ({ ...problem, code: 'data-transform' as const })))
  if (normalized !== undefined && definition.unitPixels?.(values)) return wrong(tooLate(definition, place, normalized))
  const refuse: Refuse = (problemCase, values, param) => {
    const at = { param: param === undefined ? place : `${place}.${param}` }
    throw new ProblemError([wordProblem('data-transform', problemCase, { step: definition.title, ...values }, at)])
  }
  try {
    const to = definition.check?.(shape, values, refuse) ?? shape
    return { definition, params: values, to, problems: [] }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return wrong(...error.problems)
  }
}

const isImage = (shape: readonly number[]): shape is ImageShape => shape.length === 3

/**
 * The fitted steps of a project. `sample` describes one prepared sample; the statistics are of the training split.
 * @throws ProblemError `data-transform` with all problems
 */
export function fitTransforms(
  list: readonly TransformStep[],
  sample: Pick<SampleFacts, 'dtype' | 'shape'>,
  statistics: DataStatistics,
): FittedTransforms {
  const { steps, shape, problems } = checkTransforms(list, sample.shape)
  if (problems.length > 0) throw new ProblemError(problems)
  const scale = sample.dtype === 'uint8' ? 255 : 1
  const channels = () => (statistics.sample as readonly ColumnStatistics[]).map((channel) => scaled(channel, scale))
  return {
    steps: steps.map(({ definition, occurrence, params, from }) => ({
      kind: definition.kind,
      occurrence,
      params,
      fitted: definition.fit?.(channels(), params, from) ?? {},
      from,
    })),
    shape,
  }
}

function scaled(channel: ColumnStatistics, scale: number): ColumnStatistics {
  const { mean, deviation, min, max } = channel
  const [a, b, c, d] = [mean, deviation, min, max].map((value) => value / scale)
  return { ...channel, mean: a!, deviation: b!, min: c!, max: d! }
}

/** The definition of a stored step. */
export function definitionOf({ kind }: Pick<FittedTransform, 'kind'>): TransformDefinition {
  const definition = findTransform(kind)
  invariant(definition, `unknown transform ${kind}`)
  return definition
}

function unknownKind(kind: string, param: string): Problem {
  const known = transforms.map((candidate) => candidate.kind).join(', ')
  return makeProblem('data-transform', 'unknown', { kind, known }, { param })
}

function notAnImage({ title }: TransformDefinition, param: string, shape: readonly number[]): Problem {
  return makeProblem('data-transform', 'not-images', { step: title, received: formatShape(shape) }, { param })
}

function tooLate({ title }: TransformDefinition, param: string, normalized: string): Problem {
  return makeProblem('data-transform', 'late', { step: title, before: normalized }, { param })
}
