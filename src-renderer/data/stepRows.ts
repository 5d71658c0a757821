/**
 * The steps of the preparation as the list shows them: reading, the project's pre-transforms, and the automatic steps
 * for texts.
 */
import type { Task } from '#core/losses/task'
import type { DataFacts } from '#core/data/facts'
import { sampleKind, type SampleKind } from '#core/data/facts'
import type { Choice } from '#core/graph/choice'
import type { DataSource } from '#core/graph/dataSettings'
import { checkParams } from '#core/params/params'
import { findPreTransform, preTransforms } from '#core/pretransforms/index'
import type { PreTransform } from '#core/pretransforms/preTransform'
import { isEnabled } from '#core/pretransforms/preTransformList'
import type { Problem } from '#core/problems/problem'
import type { DataStep, SampleStage } from '#core/rpc/contract/data'

export interface StepRow {
  /** `read`, `decode`, or the kind of a pre-transform. */
  readonly step: string
  /** Index in the project's list; null for steps not in it. */
  readonly place: number | null
  /** Undefined for reading, and for kinds unknown to this version. */
  readonly definition: PreTransform | undefined
  readonly choice: Choice | null
  /** Disabled: it keeps its place and its settings. */
  readonly off: boolean
  /** How it ran; undefined if it has not run yet. */
  readonly report: DataStep | undefined
  /** Index among the steps of its kind, from 0. */
  readonly occurrence: number
}

const readingSteps = ['read', 'decode']

export function stepRows(preprocess: readonly Choice[], reports: readonly DataStep[]): StepRow[] {
  const seen = new Map<string, number>()
  const row = (step: string, place: number | null, choice: Choice | null): StepRow => {
    const off = choice !== null && !isEnabled(choice)
    const occurrence = seen.get(step) ?? 0
    if (!off) seen.set(step, occurrence + 1)
    const report = off ? undefined : reports.filter((candidate) => candidate.step === step)[occurrence]
    return { step, place, choice, off, definition: findPreTransform(step), report, occurrence }
  }
  const reading = reports.filter(({ step }) => readingSteps.includes(step)).map(({ step }) => row(step, null, null))
  const own = preprocess.map((choice, place) => row(choice.kind, place, choice))
  const listed = new Set(preprocess.map(({ kind }) => kind))
  // Only tokenization of texts is automatic; any other step missing from the list has just been removed.
  const unasked = reports
    .filter(({ step }) => findPreTransform(step)?.on === 'text' && !listed.has(step))
    .map(({ step }) => row(step, null, null))
  return [...reading, ...own, ...unasked]
}

/** The sample before and after a step, where both can be shown. */
export interface StagePair {
  readonly before: SampleStage | undefined
  readonly after: SampleStage
}

export function stagesOf(row: StepRow, stages: readonly SampleStage[]): StagePair | null {
  if (row.off) return null
  const places = stages.flatMap(({ step }, index) => (step === row.step ? [index] : []))
  const at = places[row.occurrence]
  const after = at === undefined ? undefined : stages[at]
  return after === undefined ? null : { before: stages[at! - 1], after }
}

/** Texts are always tokenized and encoded as numbers; such a step cannot be disabled. */
export function canBeOff({ place, definition }: Pick<StepRow, 'place' | 'definition'>): boolean {
  if (place === null || definition === undefined) return false
  return definition.on !== 'text' || definition.optional === true
}

/** What a change of the step rebuilds: everything cached from it on. */
export function rebuiltBy(rows: readonly StepRow[], index: number): { readonly count: number; readonly bytes: number } {
  const rebuilt = rows.slice(index).filter(({ report }) => report !== undefined)
  return { count: rebuilt.length, bytes: rebuilt.reduce((sum, { report }) => sum + report!.bytes, 0) }
}

/** Whether a parameter applies: another one may disable it. */
export function isInForce({ definition, choice }: Pick<StepRow, 'definition' | 'choice'>, name: string): boolean {
  if (!definition?.idle) return true
  return !definition.idle(checkParams(definition.params, choice ?? {}, definition.kind, {}).values).includes(name)
}

/** The problems of one step, by its index or by its kind. */
export function problemsOfStep({ place, step }: StepRow, problems: readonly Problem[]): readonly Problem[] {
  if (place === null) return []
  return problems.filter(({ place: { param = '' } }) => {
    const [, name] = /^data\.preprocess\.([^.]+)/.exec(param) ?? []
    return name === String(place) || name === step
  })
}

const kindsOfSources: Readonly<Partial<Record<DataSource['kind'], SampleKind>>> = {
  idx: 'image',
  'image-folder': 'image',
  'image-list': 'image',
  table: 'table',
  arrays: 'array',
  'text-folder': 'text',
}

/** The kind of samples in the data, guessed from the source until more is known. */
export function kindOfSamples(facts: DataFacts | undefined, source: DataSource | undefined): SampleKind | null {
  if (facts !== undefined) return sampleKind(facts.sample)
  return (source === undefined ? undefined : kindsOfSources[source.kind]) ?? null
}

/** The pre-transforms that can be added: those for the kind of samples and of target, and not in the list yet. */
export function addableSteps(
  preprocess: readonly Choice[],
  kind: SampleKind | null,
  task: Task,
): readonly PreTransform[] {
  const all: readonly PreTransform[] = preTransforms
  return all.filter(({ on, kind: step, params }) => {
    const suits = on === 'target' ? task === 'regression' : on === kind
    // A step on columns can be repeated for other columns.
    return suits && ('columns' in params || !preprocess.some((choice) => choice.kind === step))
  })
}

/** The list with a step inserted where it belongs: text steps have a fixed order, others go to the end. */
export function withStep(preprocess: readonly Choice[], added: PreTransform): Choice[] {
  const choice: Choice = { kind: added.kind }
  if (added.on !== 'text') return [...preprocess, choice]
  const at = preprocess.findIndex(({ kind }) => {
    const other = findPreTransform(kind)
    return other?.on === 'text' && other.stage > added.stage
  })
  return at === -1 ? [...preprocess, choice] : preprocess.toSpliced(at, 0, choice)
}
