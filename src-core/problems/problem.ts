/**
 * Problems: what is wrong with the user's input, as a value that names its place.
 * They are collected and shown at the cause; they never cross a boundary as exceptions except inside `ProblemError`.
 */
import type { ProblemCode } from './codes'
import type { CaseOf, WordedCode } from './sentences/index'
import { wordProblem, type Wording } from './wording'

/** Where the cause is. All fields are optional; more of them place the message more precisely. */
export interface Place {
  readonly file?: string
  /** 1-based line of a text file. */
  readonly line?: number
  /** Byte offset in a binary file. */
  readonly byte?: number
  readonly column?: string
  /** Layer (graph node) id. */
  readonly node?: string
  /** Parameter of that layer, or path inside the project file such as `training.batchSize`. */
  readonly param?: string
  /** Edge, written `from → to.port`. */
  readonly edge?: string
}

export type Severity = 'error' | 'warning'

export interface Problem {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly place: Place
  /** One sentence: what is wrong. */
  readonly message: string
  readonly expected?: string
  readonly received?: string
  /** The computation behind it, e.g. `⌊(5 + 2·0 − 7) / 1⌋ + 1 = −1`. */
  readonly arithmetic?: string
  /** One sentence: what to do. */
  readonly fix: string
  /** Values for translated messages and one-click fixes. */
  readonly data?: ProblemData
}

export type ProblemData = Readonly<Record<string, string | number | boolean | null>>

/** Carries problems from a deep call to the boundary that reports them. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
  }
}

/** Throws the problem that the table of sentences words for a case. */
export function fail<C extends WordedCode, K extends CaseOf<C>>(
  code: C,
  problemCase: K,
  ...[values, where]: Wording<C, K>
): never {
  throw new ProblemError([wordProblem(code, problemCase, values, where)])
}

/** `conv1.kernel`, `data.csv, line 7, column mass`, … */
export function formatPlace(place: Place): string {
  const parts: string[] = []
  if (place.file !== undefined) parts.push(place.file)
  if (place.line !== undefined) parts.push(`line ${place.line}`)
  if (place.byte !== undefined) parts.push(`byte ${place.byte}`)
  if (place.column !== undefined) parts.push(`column ${place.column}`)
  if (place.node !== undefined) parts.push(place.param === undefined ? place.node : `${place.node}.${place.param}`)
  else if (place.param !== undefined) parts.push(place.param)
  if (place.edge !== undefined) parts.push(place.edge)
  return parts.join(', ')
}

/** The problem as lines of text: what, where, expected, received, fix. */
export function formatProblem(problem: Problem): string {
  const where = formatPlace(problem.place)
  const lines = [`${problem.severity} ${problem.code}${where && ` at ${where}`}: ${problem.message}`]
  if (problem.arithmetic !== undefined) lines.push(`  ${problem.arithmetic}`)
  if (problem.expected !== undefined) lines.push(`  expected: ${problem.expected}`)
  if (problem.received !== undefined) lines.push(`  received: ${problem.received}`)
  lines.push(`  fix: ${problem.fix}`)
  return lines.join('\n')
}
