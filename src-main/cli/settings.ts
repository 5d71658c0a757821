/**
 * Project changes from the command line: `--set training.optimizer.momentum=0.9`, and the options that are shorthands
 * for one. The result passes the same checks as a project file, so that an invalid value names its path.
 */
import { namesLike, nearestName } from '#core/base/namesLike'
import { text } from '#core/base/text'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { wordProblem } from '#core/problems/wording'

/**
 * `path` from the root of the project, separated by dots; layers are addressed by id:
 * `graph.nodes.conv1.params.padding`.
 */
export interface Setting {
  readonly path: string
  /** Parsed as JSON if valid (numbers, true, null, lists), otherwise a string. */
  readonly value: string
}

type Json = Record<string, unknown>

/** Parses `path=value`. */
export function parseSetting(given: string): Setting {
  const at = given.indexOf('=')
  if (at > 0) return { path: given.slice(0, at).trim(), value: given.slice(at + 1) }
  return fail('setting-unknown', 'form', { given }, { param: given })
}

/**
 * The project with the settings applied, in order.
 * @throws ProblemError `setting-unknown` for a path the project does not have, `project-format` for an invalid value
 */
export function applySettings(project: Project, settings: readonly Setting[]): Project {
  if (settings.length === 0) return project
  const json = structuredClone(project) as unknown as Json
  for (const setting of settings) applySetting(json, setting)
  const { project: changed, problems } = parseProject(JSON.stringify(json))
  const unknown = problems
    .filter(({ severity }) => severity === 'warning')
    .map((problem) => asUnknown(problem, project))
  const wrong = problems.filter(({ severity }) => severity === 'error').map(withoutLine)
  if (unknown.length > 0 || wrong.length > 0) throw new ProblemError([...wrong, ...unknown])
  return changed!
}

function applySetting(project: Json, { path, value }: Setting): void {
  const steps = path.split('.')
  const name = steps.pop()!
  let holder = project
  steps.forEach((step, i) => {
    const next = enter(holder, step, steps.slice(0, i + 1).join('.'))
    if (next === undefined) failPath(path, steps.slice(0, i).join('.'), step, holder)
    holder = next
  })
  if (!hasForm(holder)) failPath(path, steps.join('.'), name, holder)
  place(holder, name, parseValue(value))
}

/** The child at `step`. Layer lists are entered by id; a null section is created. */
function enter(holder: unknown, step: string, path: string): Json | undefined {
  if (Array.isArray(holder)) {
    const found = /^\d+$/.test(step)
      ? (holder[Number(step)] as unknown)
      : (holder as Json[]).find((item) => hasForm(item) && item['id'] === step)
    return hasForm(found) ? found : undefined
  }
  if (!hasForm(holder) || !Object.hasOwn(holder, step)) return undefined
  if (holder[step] === null && path === 'training.earlyStopping') holder[step] = {}
  const inner = holder[step]
  return hasForm(inner) || Array.isArray(inner) ? (inner as Json) : undefined
}

/**
 * Sets one value. A loss, optimizer or schedule can be given by its kind alone; a new kind drops the parameters of the
 * old one.
 */
function place(holder: Json, name: string, value: unknown): void {
  const present = holder[name]
  if (hasForm(present) && typeof present['kind'] === 'string' && typeof value === 'string')
    holder[name] = { kind: value }
  else if (name === 'kind' && typeof holder['kind'] === 'string' && holder['kind'] !== value && !('id' in holder)) {
    for (const key of Object.keys(holder)) delete holder[key]
    holder['kind'] = value
  } else Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function hasForm(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function failPath(path: string, inside: string, step: string, holder: unknown): never {
  const names = Array.isArray(holder)
    ? holder.map((item, i) => (hasForm(item) && typeof item['id'] === 'string' ? item['id'] : String(i)))
    : hasForm(holder)
      ? Object.keys(holder)
      : []
  const where = inside || text('The project', '项目')
  const values = { where, step, near: nearestName(step, names) ?? '', path }
  if (names.length === 0) return fail('setting-unknown', 'end', values, { param: path })
  return fail('setting-unknown', 'step', { ...values, known: names.slice(0, 30).join(', ') }, { param: path })
}

/** A field that the project format does not have. */
function asUnknown(problem: Problem, project: Project): Problem {
  const { path = problem.place.param, name, known, near } = problem.data ?? {}
  const values = { path, name, known, near: hintFor(String(path), project, near) }
  return wordProblem('setting-unknown', 'field', values, withoutLine(problem).place)
}

/** The path that was probably meant: one with a similar spelling, or one with the same last part. */
function hintFor(path: string, project: Project, field: unknown): string {
  const paths = pathsOf(project, '')
  const end = path.lastIndexOf('.') + 1
  const last = (whole: string): string => whole.slice(whole.lastIndexOf('.') + 1)
  const alike = paths.filter((known) => namesLike(last(path), [last(known)]).length > 0)
  const near = typeof field === 'string' ? path.slice(0, end) + field : (namesLike(path, alike)[0] ?? alike[0])
  return near === undefined ? '' : (nearestName(near, [near]) ?? '')
}

/** The paths of all values, with layers by id. */
function pathsOf(value: unknown, path: string): string[] {
  const below = path === '' ? '' : `${path}.`
  if (hasForm(value)) return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, `${below}${key}`))
  if (!Array.isArray(value)) return [path]
  return value.flatMap((item: unknown) =>
    hasForm(item) && typeof item['id'] === 'string' ? pathsOf(item, `${below}${item['id']}`) : [],
  )
}

/** The checked text is not the user's file, so its line numbers are meaningless. */
function withoutLine(problem: Problem): Problem {
  const { line: _line, file: _file, ...place } = problem.place
  return { ...problem, place }
}
