/** Reads a project file: JSON, version, migrations, schema. All errors are returned as problems that name the place. */
import { text as textOf } from '../base/text'
import { formatProblem, type Place, type Problem } from '../problems/problem'
import type { CaseOf } from '../problems/sentences/index'
import { makeProblem } from '../problems/wording'
import { expansionProblems } from './blocks'
import { formProblems, unknownFields, type JsonPath } from './formProblems'
import { findJsonFault, indexLines, MAX_JSON_DEPTH, snippetAt, textPlace, type JsonFault } from './jsonText'
import { BLOCK, isBlock } from './kinds'
import { migrateProject, type JsonObject } from './migrations'
import { PROJECT_VERSION, projectSchema, type NetworkGraph, type Project } from './project'

/** Maximum length of a project file, in characters; 5000 layers take about a tenth of it. */
export const MAX_PROJECT_LENGTH = 16_000_000

/** A project, if the text contains a usable one, and the problems found. */
export interface ParsedProject {
  readonly project?: Project
  /** Errors if there is no project, otherwise warnings. */
  readonly problems: Problem[]
  /** Written by a newer version: it can be viewed, but saving it would lose what this version does not know. */
  readonly readOnly: boolean
  /** The original version of a file that was older and has been migrated. */
  readonly migratedFrom?: number
}

/**
 * Reads a project from the text of a `.loom` file; `file` is named in problems. The graph itself may still be invalid
 * (cycles, unknown layers): such a project is opened and shown, see `checkStructure`.
 */
export function parseProject(text: string, file?: string): ParsedProject {
  const place: Place = file === undefined ? {} : { file }
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (source.length > MAX_PROJECT_LENGTH) {
    const values = { most: MAX_PROJECT_LENGTH, received: source.length }
    return refused(makeProblem('project-format', 'too-long', values, place))
  }
  const fault = jsonFault(source)
  if (fault !== undefined) return refused(notJson(source, fault, place))
  const json = JSON.parse(source) as unknown
  if (
    typeof json !== 'object' ||
    json === null ||
    Array.isArray(json) ||
    !('format' in json) ||
    json.format !== 'layerloom'
  ) {
    const received =
      typeof json === 'object' && json !== null && !Array.isArray(json) ? 'no such field' : 'another value'
    const values = { expected: '"format": "layerloom"', received }
    return refused(makeProblem('project-format', 'not-project', values, { ...place, line: 1 }))
  }
  return readVersion(json, source, place)
}

function readVersion(json: JsonObject, text: string, place: Place): ParsedProject {
  const { version } = json
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    const received = version === undefined ? 'nothing' : JSON.stringify(version)
    const values = { supported: PROJECT_VERSION, received }
    return refused(makeProblem('project-format', 'version', values, { ...place, param: 'version' }))
  }
  if (version > PROJECT_VERSION) return readNewer(json, version, text, place)
  if (version === PROJECT_VERSION) return readForm(json, text, place)
  return { ...readForm(migrateProject(json, version), undefined, place), migratedFrom: version }
}

/** Validates against the schema. Line numbers are available only if `text` is the source of `json`. */
function readForm(json: JsonObject, text: string | undefined, { file }: Place): ParsedProject {
  let lines: ReturnType<typeof indexLines> | undefined
  const lineOf = (path: JsonPath): number => (lines ??= indexLines(text ?? ''))(path)
  const checked = { value: json, ...(text !== undefined && { lineOf }), ...(file !== undefined && { file }) }
  const form = projectSchema.safeParse(json)
  if (!form.success) return { problems: formProblems(form.error.issues, checked), readOnly: false }
  const problems = [...blockProblems(form.data.graph, ''), ...expansionProblems(form.data.graph)]
  if (problems.length > 0) {
    const located = problems.map((problem) => ({
      ...problem,
      place: { ...(file !== undefined && { file }), ...problem.place },
    }))
    return { problems: located, readOnly: false }
  }
  return {
    project: form.data,
    problems: unknownFields({ raw: json, parsed: form.data, schema: projectSchema }, checked),
    readOnly: false,
  }
}

/** Best effort for a file from a newer version: the parts this version knows, for viewing. */
function readNewer(json: JsonObject, version: number, text: string, place: Place): ParsedProject {
  const { project, problems } = readForm({ ...json, version: PROJECT_VERSION }, text, place)
  const readable = project !== undefined
  const values = { version, supported: PROJECT_VERSION }
  const where = { ...place, param: 'version' }
  if (readable) {
    const warning = makeProblem('project-version', 'read-only', values, { ...where, severity: 'warning' })
    return { project, problems: [warning], readOnly: true }
  }
  const reason = problems.map(formatProblem).join('\n')
  return {
    problems: [makeProblem('project-version', 'unreadable', values, { ...where, data: { reason } })],
    readOnly: true,
  }
}

/** Exactly the nodes of kind `block` have a sub-graph. */
function blockProblems(graph: NetworkGraph, prefix: string): Problem[] {
  return graph.nodes.flatMap((node) => {
    const id = prefix + node.id
    const hasGraph = node.graph !== undefined
    if (hasGraph !== (node.kind === BLOCK) || (node.repeat !== undefined && !hasGraph)) {
      return blockForm(id, node.kind, hasGraph)
    }
    return isBlock(node) ? blockProblems(node.graph, `${id}.0.`) : []
  })
}

function blockForm(node: string, kind: string, hasGraph: boolean): Problem {
  return kind === BLOCK
    ? makeProblem('block-form', 'no-graph', {}, { node, param: 'graph' })
    : makeProblem('block-form', 'not-block', { kind }, { node, param: hasGraph ? 'graph' : 'repeat' })
}

/** Undefined if the text is JSON without excessive nesting. */
function jsonFault(text: string): JsonFault | undefined {
  try {
    return isShallow(JSON.parse(text)) ? undefined : findJsonFault(text)
  } catch {
    return findJsonFault(text)
  }
}

function isShallow(json: unknown): boolean {
  let level: unknown[] = [json]
  for (let depth = 0; depth <= MAX_JSON_DEPTH; depth++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    )
    if (level.length === 0) return true
  }
  return false
}

function notJson(text: string, { offset, expected, received }: JsonFault, place: Place): Problem {
  const { line, column } = textPlace(text, offset)
  const snippet = snippetAt(text, offset)
  const values = {
    line,
    column,
    expected,
    found: received,
    context: snippet === '' ? '' : textOf(` in: ${snippet}`, `，位于：${snippet}`),
  }
  return makeProblem('project-not-json', faultCase(text, offset, received, snippet), values, {
    ...place,
    line,
    column: String(column),
  })
}

function faultCase(text: string, offset: number, received: string, snippet: string): CaseOf<'project-not-json'> {
  if (/^(<{7}|={7}|>{7})/.test(snippet)) return 'conflict'
  if (text.trim() === '') return 'empty'
  if (/,\s*$/.test(text.slice(0, offset)) && (received === '}' || received === ']')) return 'comma'
  if (received === '/' || received === '#') return 'comment'
  if (received === "'") return 'quotes'
  return received === 'the end of the file' ? 'cut-short' : 'other'
}

function refused(problem: Problem): ParsedProject {
  return { problems: [problem], readOnly: false }
}
