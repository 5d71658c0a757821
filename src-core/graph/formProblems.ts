/** What a schema objects to, as problems that name the place, what was expected, what is there, and what to do. */
import { z } from 'zod'
import { didYouMean, namesLike } from '../base/namesLike'
import type { Place, Problem } from '../problems/problem'
import { innerId } from './blocks'

/** A way into a JSON document: property names and array indices. */
export type JsonPath = readonly (string | number)[]

/** The document that was checked. */
export interface Checked {
  readonly value: unknown
  /** Where in `value` the checked part lies; issue paths count from there. */
  readonly path?: JsonPath
  readonly file?: string
  /** The line of the file in which the value at a path stands; see `indexLines`. */
  readonly lineOf?: (path: JsonPath) => number
}

type Issue = z.core.$ZodIssue

/** One `project-format` problem for every issue. */
export function formProblems(issues: readonly Issue[], checked: Checked): Problem[] {
  return issues.map((issue) => {
    const path = [
      ...(checked.path ?? []),
      ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    ]
    const value = valueAt(checked.value, path)
    const name = formatPath(path)
    const expected = expectation(issue)
    return {
      code: 'project-format',
      severity: 'error',
      place: placeOf(path, checked),
      message: value === undefined ? `${name} is missing.` : `${name} does not have the right form.`,
      expected,
      received: value === undefined ? 'nothing' : excerpt(value),
      fix:
        value === undefined
          ? `Add ${name}: ${expected}.`
          : `${typeof value === 'string' ? didYouMean(value, wordsOf(issue)) : ''}Set ${name} to ${expected}.`,
      data: { path: name },
    }
  })
}

/** A document before and after a schema has read it. */
export interface Read {
  readonly raw: unknown
  readonly parsed: unknown
  /** Undefined where the schema does not say what fields there are. */
  readonly schema: Schema | undefined
}

type Schema = z.core.$ZodType

/** A warning for every property of `raw` that `parsed`, which the schema made of it, does not have: mostly misspelt names. */
export function unknownFields({ raw, parsed, schema }: Read, checked: Checked, path: JsonPath = []): Problem[] {
  const form = formOf(schema, parsed)
  if (Array.isArray(raw) && Array.isArray(parsed)) {
    const element = form instanceof z.ZodArray ? form.element : undefined
    return raw.flatMap((item, index) =>
      unknownFields({ raw: item, parsed: parsed[index], schema: element }, checked, [...path, index]),
    )
  }
  if (!isRecord(raw) || !isRecord(parsed)) return []
  const fields: Readonly<Record<string, Schema>> = form instanceof z.ZodObject ? form.shape : {}
  return Object.entries(raw).flatMap(([key, value]) => {
    const here = [...path, key]
    if (Object.hasOwn(parsed, key))
      return unknownFields({ raw: value, parsed: parsed[key], schema: fields[key] }, checked, here)
    const name = formatPath(here)
    const known = [...new Set([...Object.keys(parsed), ...Object.keys(fields)])]
    const [near] = namesLike(key, known)
    return {
      code: 'project-format',
      severity: 'warning',
      place: placeOf(here, checked),
      message: `${name} is not a field of a project and is ignored.`,
      expected: `one of ${known.join(', ')}`,
      received: key,
      fix: `${didYouMean(key, known)}Correct the name, or remove ${name}.`,
      data: { path: name, ...(near !== undefined && { near }) },
    } satisfies Problem
  })
}

/** The schema of what is there: behind defaults, and of a choice of kinds the one that `parsed` has. */
function formOf(schema: Schema | undefined, parsed: unknown): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return formOf(schema.unwrap(), parsed)
  if (schema instanceof z.ZodDiscriminatedUnion || schema instanceof z.ZodUnion)
    return schema.options.find((option) => z.safeParse(option, parsed).success)
  return schema
}

/** `training.batchSize`, `graph.nodes[3].params.kernel`; the whole document is `the project`. */
export function formatPath(path: JsonPath): string {
  if (path.length === 0) return 'the project'
  return path.reduce<string>((text, step) => {
    return text + (typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`)
  }, '')
}

/** The value at `path` inside plain JSON, or undefined. */
function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return typeof step === 'number' ? (inner as unknown[])[step] : undefined
    return isRecord(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }, value)
}

/** The line, the layer if the path leads into one that has an id, and what remains of the path. */
function placeOf(path: JsonPath, { value, file, lineOf }: Checked): Place {
  let node: string | undefined
  let rest = path
  while (rest[0] === 'graph' && rest[1] === 'nodes' && rest[2] !== undefined) {
    const inner = path.slice(0, path.length - rest.length + 3)
    const id = valueAt(value, [...inner, 'id'])
    if (typeof id !== 'string' || id === '') break
    node = node === undefined ? id : innerId(node, 0, id)
    rest = rest.slice(3)
  }
  if (node !== undefined && (rest[0] === 'params' || rest[0] === 'initializers') && rest.length > 1)
    rest = rest.slice(1)
  const line = lineOf?.(path)
  return {
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(node !== undefined && { node }),
    ...(rest.length > 0 && { param: formatPath(rest) }),
  }
}

/** The words that a schema takes where it takes words alone. */
function wordsOf(issue: Issue): string[] {
  const { values, options } = issue as { values?: readonly unknown[]; options?: readonly unknown[] }
  return [...(values ?? options ?? [])].filter((value) => typeof value === 'string')
}

/** What a schema wants, in words that fit after "expected:" and "Set … to". */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected
    case 'invalid_value':
      return oneOf(issue.values.map((value) => JSON.stringify(value)))
    case 'invalid_union': {
      const { options } = issue as { options?: readonly unknown[] }
      if (options !== undefined && issue.errors.length === 0)
        return oneOf(options.map((option) => JSON.stringify(option)))
      return oneOf([...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation)))])
    }
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum))
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum))
    case 'invalid_format':
      return 'a name: a letter, then letters, digits, _ and -'
    default:
      return issue.message
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  tuple: 'a list of numbers',
  object: 'an object',
  record: 'an object',
}

function bound(origin: string, relation: string, limit: number): string {
  if (origin === 'string')
    return limit === 1 && relation === 'at least'
      ? 'a text that is not empty'
      : `a text of ${relation} ${limit} characters`
  if (origin === 'array' || origin === 'tuple') return `a list of ${relation} ${limit} items`
  return `a number of ${relation} ${limit}`
}

function oneOf(options: readonly string[]): string {
  return options.length > 1
    ? `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`
    : (options[0] ?? 'another value')
}

/** The value as JSON, cut to a length that fits into a message. */
function excerpt(value: unknown): string {
  const text = typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
