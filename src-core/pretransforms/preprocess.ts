/**
 * The list of pre-transforms of a project: fitted once on the training split, then written into every graph, so that
 * training, evaluation and the exported model start from the same raw sample and treat it the same.
 */
import type { ColumnStatistics, DataFacts, DataStatistics } from '../data/facts'
import { invariant } from '../base/assert'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import { checkParams, type ParamValues, type ParamSpecs } from '../params/params'
import { fail, ProblemError, type Problem } from '../problems/problem'
import { findPreTransform, preTransforms } from './index'
import type { FittedValue, PreparedSample, PreparedTarget, SampleTransform, TargetTransform } from './preTransform'

/** A pre-transform as the project file names it: its kind and the parameters that differ from the defaults. */
export interface PreTransformChoice {
  readonly kind: string
  readonly [param: string]: unknown
}

export interface FittedStep {
  readonly kind: string
  readonly fitted: FittedValue
}

/** Fitted pre-processing as plain JSON; stored in the run and all that lowering needs. */
export interface FittedPreprocess {
  readonly sample: readonly FittedStep[]
  readonly target: readonly FittedStep[]
  /** Shape of one prepared sample, which the transforms get. */
  readonly shape: readonly number[]
  /** Names of the columns that enter the network, for tables. */
  readonly columns?: readonly string[]
  /** By stored column: whether a row in which it is missing can still be used. */
  readonly acceptsMissing?: readonly boolean[]
}

/**
 * Fits the steps in order, each on what the steps before it leave of the training split.
 * Fails with a problem where a step is unknown, repeated, badly set or does not fit the data, or where missing cells
 * would reach the network. `notes` are warnings.
 */
export function fitPreprocess(
  choices: readonly PreTransformChoice[],
  facts: DataFacts,
  statistics: DataStatistics,
): { preprocess: FittedPreprocess; notes: Problem[] } {
  let sample = storedSample(facts, statistics)
  const target = storedTarget(facts, statistics)
  const sampleSteps: FittedStep[] = []
  const targetSteps: FittedStep[] = []
  choices.forEach((choice, i) => {
    const place = `data.preprocess.${i}`
    const definition = definitionOf(choice.kind, place)
    if (choices.findIndex(({ kind }) => kind === choice.kind) < i) failRepeated(choice.kind, place)
    const params = paramsOf(choice, definition.params, place)
    if (definition.on === 'sample') {
      const fitted = definition.fit(sample, params)
      sample = definition.result(sample, fitted)
      sampleSteps.push({ kind: choice.kind, fitted })
    } else {
      if (!target) return failTargetOfClasses(choice.kind, place)
      targetSteps.push({ kind: choice.kind, fitted: definition.fit(target, params) })
    }
  })
  const acceptsMissing = missingAccepted(facts, sample)
  return {
    preprocess: {
      sample: sampleSteps,
      target: targetSteps,
      shape: sample.shape,
      ...(sample.columns && { columns: sample.columns.map(({ name }) => name) }),
      ...(acceptsMissing && { acceptsMissing }),
    },
    notes: notesOn(sample),
  }
}

/** Writes the pre-processing of samples: raw [N, …stored shape] in its stored type → [N, …shape], bytes of images as they are. */
export function lowerSample(b: GraphBuilder, x: Value, preprocess: FittedPreprocess): Value {
  return b.within('preprocess', () => {
    const last = preprocess.sample.reduce((value, { kind, fitted }) => {
      const definition = definitionOf(kind, 'preprocess')
      invariant(definition.on === 'sample', `${kind} is not a step on samples`)
      return definition.lower(b, value, fitted)
    }, x)
    return last.type.dtype === 'uint8' ? last : b.Cast(last, { to: 'float32' })
  })
}

/** Writes the target that the network learns: float32 [N, size] in the data's unit → [N, size]. */
export function lowerTarget(b: GraphBuilder, target: Value, preprocess: FittedPreprocess): Value {
  return b.within('preprocess', () =>
    preprocess.target.reduce((value, { kind, fitted }) => targetDefinition(kind).lower(b, value, fitted), target),
  )
}

/** Writes the way back: the network's output [N, size] → [N, size] in the data's unit. */
export function restoreTarget(b: GraphBuilder, output: Value, preprocess: FittedPreprocess): Value {
  return b.within('preprocess', () =>
    preprocess.target.reduceRight(
      (value, { kind, fitted }) => targetDefinition(kind).inverse(b, value, fitted),
      output,
    ),
  )
}

function storedSample({ sample }: DataFacts, statistics: DataStatistics): PreparedSample {
  const { dtype, shape, columns } = sample
  if (!columns) return { dtype, shape, channels: statistics.sample as readonly ColumnStatistics[] }
  return {
    dtype,
    shape,
    columns: columns.map((column, source) => ({
      name: column.name,
      type: column.type,
      ...(column.type === 'categorical' && { categories: column.categories }),
      source,
      passesMissing: true,
      statistics: statistics.sample[source]!,
    })),
  }
}

function storedTarget({ target }: DataFacts, statistics: DataStatistics): PreparedTarget | undefined {
  if (target.kind === 'classes') return undefined
  return { names: target.names, statistics: statistics.target as readonly ColumnStatistics[] }
}

function definitionOf(kind: string, place: string): SampleTransform | TargetTransform {
  const definition = findPreTransform(kind)
  if (definition) return definition
  return fail({
    code: 'data-preprocess',
    place: { param: `${place}.kind` },
    message: `There is no pre-transform named ${kind}.`,
    expected: preTransforms.map((candidate) => candidate.kind).join(', '),
    received: kind,
    fix: 'Correct the name or remove the step.',
  })
}

/** All parameters of a step, defaults filled in. */
function paramsOf({ kind, ...given }: PreTransformChoice, specs: ParamSpecs, place: string): ParamValues<ParamSpecs> {
  const { values, problems } = checkParams(specs, given, kind, { param: place })
  if (problems.length > 0) throw new ProblemError(problems.map((problem) => ({ ...problem, code: 'data-preprocess' })))
  return values
}

function targetDefinition(kind: string): TargetTransform {
  const definition = definitionOf(kind, 'preprocess')
  invariant(definition.on === 'target', `${kind} is not a step on targets`)
  return definition
}

function failRepeated(kind: string, place: string): never {
  return fail({
    code: 'data-preprocess',
    place: { param: place },
    message: `The pre-transform ${kind} stands in the list twice.`,
    expected: 'each step once',
    received: `a second ${kind}`,
    fix: 'Remove one of them.',
  })
}

function failTargetOfClasses(kind: string, place: string): never {
  return fail({
    code: 'data-preprocess',
    place: { param: place },
    message: `${kind} works on numbers, but the target is a class.`,
    expected: 'a regression',
    received: 'a classification',
    fix: `Remove ${kind}.`,
  })
}

/** By stored column whether a missing cell never arrives as NaN; fails where one of the data's missing cells would. */
function missingAccepted({ sample }: DataFacts, prepared: PreparedSample): boolean[] | undefined {
  if (!sample.columns || !prepared.columns) return undefined
  const accepted = sample.columns.map(() => true)
  for (const column of prepared.columns) if (column.passesMissing) accepted[column.source] = false
  const open = sample.columns.filter((column, c) => (column.missing ?? 0) > 0 && !accepted[c])
  if (open.length === 0) return accepted
  const [first] = open
  const steps = new Set(open.map(({ type }) => (type === 'numeric' ? 'fill-missing' : 'one-hot')))
  return fail({
    code: 'data-preprocess',
    place: { column: first!.name, param: 'data.preprocess' },
    message: `Missing cells would enter the network as NaN in ${open.map(({ name }) => name).join(', ')}.`,
    expected: 'a step for every column with missing cells',
    received: open.map(({ name, missing }) => `${missing} missing in ${name}`).join(', '),
    fix: `Add the pre-transform ${[...steps].join(' and ')}, or give the column the role "ignored".`,
  })
}

function notesOn(sample: PreparedSample): Problem[] {
  const codes = sample.columns?.filter(({ type }) => type === 'categorical') ?? []
  const notes: Problem[] = []
  if (codes.length > 0) {
    notes.push({
      code: 'data-preprocess',
      severity: 'warning',
      place: { column: codes[0]!.name, param: 'data.preprocess' },
      message: `Categories enter the network as the numbers 0, 1, … in ${codes.map(({ name }) => name).join(', ')}.`,
      fix: 'Add the pre-transform one-hot unless an order is meant.',
    })
  }
  return notes
}
