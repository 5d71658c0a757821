/** The steps of the preparation as the list shows them: reading, the project's pre-transforms, and what is done to texts unasked. */
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
  /** Place in the project's list; null for what is done without being in it. */
  readonly place: number | null
  /** Undefined for reading, and for kinds that this version does not know. */
  readonly definition: PreTransform | undefined
  readonly choice: Choice | null
  /** Switched off: it stays in its place with its settings. */
  readonly off: boolean
  /** How it was done; undefined where it has not been done yet. */
  readonly report: DataStep | undefined
  /** Which of the steps of its kind it is, from 0. */
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
  // Only texts are cut into tokens unasked; another step that is not in the list has just been taken out of it.
  const unasked = reports
    .filter(({ step }) => findPreTransform(step)?.on === 'text' && !listed.has(step))
    .map(({ step }) => row(step, null, null))
  return [...reading, ...own, ...unasked]
}

/** The sample before and after a step, as far as there are pictures of both. */
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

/** Texts are always cut into tokens that become numbers; such a step cannot be left out. */
export function canBeOff({ place, definition }: Pick<StepRow, 'place' | 'definition'>): boolean {
  if (place === null || definition === undefined) return false
  return definition.on !== 'text' || definition.optional === true
}

/** What a change of the step makes the preparation do again: from it on, all that is kept. */
export function rebuiltBy(rows: readonly StepRow[], index: number): { readonly count: number; readonly bytes: number } {
  const rebuilt = rows.slice(index).filter(({ report }) => report !== undefined)
  return { count: rebuilt.length, bytes: rebuilt.reduce((sum, { report }) => sum + report!.bytes, 0) }
}

/** Whether a parameter means something: another one may switch it off. */
export function isInForce({ definition, choice }: Pick<StepRow, 'definition' | 'choice'>, name: string): boolean {
  if (!definition?.idle) return true
  return !definition.idle(checkParams(definition.params, choice ?? {}, definition.kind, {}).values).includes(name)
}

/** The problems of one step, by its place or by its kind. */
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

/** What kind of samples the data has, guessed from the source while nothing else is known. */
export function kindOfSamples(facts: DataFacts | undefined, source: DataSource | undefined): SampleKind | null {
  if (facts !== undefined) return sampleKind(facts.sample)
  return (source === undefined ? undefined : kindsOfSources[source.kind]) ?? null
}

/** The pre-transforms that can be added: those for the kind of samples and of target that are not in the list already. */
export function addableSteps(
  preprocess: readonly Choice[],
  kind: SampleKind | null,
  task: Task,
): readonly PreTransform[] {
  const all: readonly PreTransform[] = preTransforms
  return all.filter(({ on, kind: step, params }) => {
    const suits = on === 'target' ? task === 'regression' : on === kind
    // A step on columns can be there again for other columns.
    return suits && ('columns' in params || !preprocess.some((choice) => choice.kind === step))
  })
}

/** The list with a step added where it belongs: text steps have an order of their own, others go to the end. */
export function withStep(preprocess: readonly Choice[], added: PreTransform): Choice[] {
  const choice: Choice = { kind: added.kind }
  if (added.on !== 'text') return [...preprocess, choice]
  const at = preprocess.findIndex(({ kind }) => {
    const other = findPreTransform(kind)
    return other?.on === 'text' && other.stage > added.stage
  })
  return at === -1 ? [...preprocess, choice] : preprocess.toSpliced(at, 0, choice)
}
