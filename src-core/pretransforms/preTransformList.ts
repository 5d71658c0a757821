/**
 * The list of pre-transforms of a project: checked against the kind of samples, fitted step by step on the
 * training split, and written into exported models, which take raw rows.
 */
import type { CategoryStatistics, ColumnStatistics, DataFacts, RowArray, SampleFacts, SampleKind } from '../data/facts'
import { invariant } from '../base/assert'
import type { ImageReading } from '../data/imageReading'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import { checkParams, type ParamValues, type ParamSpecs } from '../params/params'
import { fail, ProblemError, type Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import { findPreTransform, preTransforms } from './index'
import type { FittedValue, PreparedColumn, PreTransform, TablePreTransform, TargetPreTransform } from './preTransform'

/** A pre-transform as in the project file: its kind and the parameters that differ from the defaults. */
export interface PreTransformChoice {
  readonly kind: string
  readonly [param: string]: unknown
}

export interface FittedStep {
  readonly kind: string
  readonly fitted: FittedValue
}

/** Fitted pre-transforms as plain JSON; stored in the run and all that lowering needs. */
export interface FittedPreTransforms {
  /** Steps on the columns of tables. */
  readonly sample: readonly FittedStep[]
  readonly target: readonly FittedStep[]
  /** Steps that turn an image file or a text into a sample, with all their parameters. */
  readonly files: readonly PreTransformChoice[]
  /** How image files were read before these steps; if absent, composited over black and reduced to the upper 8 bits. */
  readonly reading?: ImageReading
  /** A sample after all steps, as training reads it. */
  readonly dtype: SampleFacts['dtype']
  readonly shape: readonly number[]
  /** Names of the columns after all steps, for tables. */
  readonly columns?: readonly string[]
  /** For every stored column, whether a row that lacks it can still be used. */
  readonly acceptsMissing?: readonly boolean[]
}

/** A step of the list with its definition and all parameters. */
export interface CheckedPreTransform<Definition extends PreTransform = PreTransform> {
  /** Position in the list. */
  readonly index: number
  readonly definition: Definition
  readonly params: ParamValues<ParamSpecs>
}

/** The steps of a list, grouped by what they work on. */
export interface CheckedSteps {
  /** Steps on samples, in order. */
  readonly sample: readonly CheckedPreTransform[]
  readonly target: readonly CheckedPreTransform<TargetPreTransform>[]
}

const kindNames: Readonly<Record<SampleKind, string>> = {
  image: 'images',
  table: 'tables',
  text: 'texts',
  array: 'arrays',
}

/** A disabled step stays in the list with its settings. */
export function isEnabled({ enabled }: PreTransformChoice): boolean {
  return enabled !== false
}

/**
 * Checks the list against the kind of samples and of target.
 * @throws ProblemError with every step that is unknown, repeated, misconfigured or for something else
 */
export function checkSteps(
  choices: readonly PreTransformChoice[],
  kind: SampleKind,
  target: DataFacts['target']['kind'],
): CheckedSteps {
  const problems: Problem[] = []
  const sample: CheckedPreTransform[] = []
  const onTarget: CheckedPreTransform<TargetPreTransform>[] = []
  choices.forEach((choice, index) => {
    if (!isEnabled(choice)) return
    try {
      const step = checkStep(choice, index, kind, target)
      if (isRepeated(choices, index))
        fail('data-preprocess', 'repeated', { kind: choice.kind }, { param: placeOf(index) })
      if (step.definition.on === 'target') onTarget.push(step as CheckedPreTransform<TargetPreTransform>)
      else sample.push(step)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      problems.push(...error.problems)
    }
  })
  if (problems.length > 0) throw new ProblemError(problems)
  return { sample, target: onTarget }
}

const placeOf = (index: number): string => `data.preprocess.${index}`

function checkStep(
  { kind, enabled: _on, ...given }: PreTransformChoice,
  index: number,
  sample: SampleKind,
  target: DataFacts['target']['kind'],
): CheckedPreTransform {
  const place = placeOf(index)
  const definition = findPreTransform(kind) ?? failUnknown(kind, place)
  if (definition.on === 'target') {
    if (target === 'classes') fail('data-preprocess', 'class-target', { kind }, { param: place })
  } else if (definition.on !== sample) failOtherKind(kind, place, definition.on, sample)
  const { values, problems } = checkParams(definition.params, given, kind, { param: place })
  if (problems.length > 0) throw new ProblemError(problems.map((problem) => ({ ...problem, code: 'data-preprocess' })))
  return { index, definition, params: values }
}

/** Repeating a step makes sense only on different columns. */
function isRepeated(choices: readonly PreTransformChoice[], index: number): boolean {
  const { kind, columns } = choices[index]!
  return choices
    .slice(0, index)
    .filter(isEnabled)
    .some((other) => other.kind === kind && JSON.stringify(other.columns ?? null) === JSON.stringify(columns ?? null))
}

/** The columns of a table before any step. */
export function storedColumns({ columns = [] }: SampleFacts): PreparedColumn[] {
  return columns.map((column, source) => ({
    name: column.name,
    type: column.type,
    ...(column.type === 'categorical' && { categories: column.categories }),
    source,
    passesMissing: true,
  }))
}

/** Fits one step on the training split as left by the previous steps. */
export function fitTableStep(
  { definition, params }: CheckedPreTransform<TablePreTransform>,
  columns: readonly PreparedColumn[],
  statistics: readonly (ColumnStatistics | CategoryStatistics)[],
): { fitted: FittedValue; columns: readonly PreparedColumn[] } {
  const described = columns.map((column, c) => ({ ...column, statistics: statistics[c]! }))
  const fitted = definition.fit(described, params)
  return { fitted, columns: definition.result(columns, fitted) }
}

/**
 * Lowers the table steps of an exported model: raw [N, columns] → [N, …shape], float32 for any element type of the raw
 * rows;
 * other samples pass through unchanged.
 */
export function lowerSample(b: GraphBuilder, x: Value, preprocess: FittedPreTransforms): Value {
  return b.within('preprocess', () => {
    const prepared = preprocess.sample.reduce((value, { kind, fitted }) => {
      const definition = findPreTransform(kind)
      invariant(definition?.on === 'table', `${kind} is not a step on tables`)
      return definition.lower(b, value, fitted)
    }, x)
    return prepared.type.dtype === 'float64' ? b.Cast(prepared, { to: 'float32' }) : prepared
  })
}

/** Lowers the target steps: float32 [N, size] in the data's unit → [N, size] in the network's unit. */
export function lowerTarget(b: GraphBuilder, target: Value, preprocess: FittedPreTransforms): Value {
  return b.within('preprocess', () =>
    preprocess.target.reduce((value, { kind, fitted }) => targetDefinition(kind).lower(b, value, fitted), target),
  )
}

/** Lowers the inverse: the network's output [N, size] → [N, size] in the data's unit. */
export function restoreTarget(b: GraphBuilder, output: Value, preprocess: FittedPreTransforms): Value {
  return b.within('preprocess', () =>
    preprocess.target.reduceRight(
      (value, { kind, fitted }) => targetDefinition(kind).inverse(b, value, fitted),
      output,
    ),
  )
}

/** Fits the target steps, each on the result of the previous ones, from the statistics of the training split. */
export function fitTarget(
  steps: readonly CheckedPreTransform<TargetPreTransform>[],
  names: readonly string[],
  /** Describes the targets of the training split after the steps so far. */
  describe: (map: (value: number, index: number) => number) => readonly ColumnStatistics[],
): FittedStep[] {
  const done: FittedStep[] = []
  for (const { definition, params } of steps) {
    const before = done.map(({ kind, fitted }) => ({ definition: targetDefinition(kind), fitted }))
    const statistics = describe((value, i) =>
      before.reduce((result, { definition: step, fitted }) => step.apply(result, i, fitted), value),
    )
    done.push({ kind: definition.kind, fitted: definition.fit(names, statistics, params) })
  }
  return done
}

/** Applies the fitted steps to one raw row of a table, in its element type; returns the row as training reads it. */
export function prepareRow(preprocess: Pick<FittedPreTransforms, 'sample'>, raw: RowArray): Float32Array<ArrayBuffer> {
  return Float32Array.from(rowAfter(preprocess, raw))
}

/** The row after the fitted steps, before narrowing to float32. */
export function rowAfter({ sample }: Pick<FittedPreTransforms, 'sample'>, raw: RowArray): RowArray {
  return sample.reduce<RowArray>((row, { kind, fitted }) => {
    const definition = findPreTransform(kind)
    invariant(definition?.on === 'table', `${kind} is not a step on tables`)
    const width = widthAfter(definition, row.length, fitted)
    const to = row instanceof Float64Array ? new Float64Array(width) : new Float32Array(width)
    definition.apply(row, to, fitted)
    return to
  }, raw)
}

/** Columns after a step on `width` columns. */
export function widthAfter(definition: TablePreTransform, width: number, fitted: FittedValue): number {
  const column: PreparedColumn = { name: '', type: 'numeric', source: 0, passesMissing: false }
  const columns = Array.from({ length: width }, (_, c): PreparedColumn => {
    const categories = fitted.categories?.[c] ?? null
    return categories === null ? column : { ...column, categories: new Array<string>(categories).fill('') }
  })
  return definition.result(columns, fitted).length
}

function targetDefinition(kind: string): TargetPreTransform {
  const definition = findPreTransform(kind)
  invariant(definition?.on === 'target', `${kind} is not a step on targets`)
  return definition
}

/**
 * For every stored column, whether a missing cell never arrives as NaN; fails if one of the data's missing cells would.
 */
export function missingAccepted({ columns = [] }: SampleFacts, prepared: readonly PreparedColumn[]): boolean[] {
  const accepted = columns.map(() => true)
  for (const column of prepared) if (column.passesMissing) accepted[column.source] = false
  const open = columns.filter((column, c) => (column.missing ?? 0) > 0 && !accepted[c])
  if (open.length === 0) return accepted
  const steps = new Set(open.map(({ type }) => (type === 'numeric' ? 'fill-missing' : 'one-hot')))
  const values = {
    columns: open.map(({ name }) => name).join(', '),
    steps: [...steps].join(', '),
    received: open.map(({ name, missing }) => `${missing} missing in ${name}`).join(', '),
  }
  return fail('data-preprocess', 'missing-cells', values, { column: open[0]!.name, param: 'data.preprocess' })
}

/** Warnings about pre-transforms of a table that look forgotten. */
export function notesOn(columns: readonly PreparedColumn[]): Problem[] {
  const codes = columns.filter(({ type }) => type === 'categorical')
  if (codes.length === 0) return []
  const values = { columns: codes.map(({ name }) => name).join(', ') }
  const where = { column: codes[0]!.name, param: 'data.preprocess', severity: 'warning' } as const
  return [makeProblem('data-preprocess', 'categories', values, where)]
}

function failUnknown(kind: string, place: string): never {
  const known = preTransforms.map((candidate) => candidate.kind).join(', ')
  return fail(
    'data-preprocess',
    kind === 'normalize' ? 'is-transform' : 'unknown-kind',
    { kind, known },
    { param: `${place}.kind` },
  )
}

function failOtherKind(kind: string, place: string, on: SampleKind, sample: SampleKind): never {
  const fitting = preTransforms.filter((candidate) => candidate.on === sample).map((candidate) => candidate.kind)
  const values = { kind, on: kindNames[on], samples: kindNames[sample], known: fitting.join(', ') || 'none' }
  return fail('data-preprocess', 'other-samples', values, { param: place })
}
