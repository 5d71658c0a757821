/** Schema issues as problems that name the place, the expected and actual values, and the fix. */
import { z } from 'zod'
import { namesLike, nearestName } from '../base/namesLike'
import { text, type Text } from '../base/text'
import type { Place, Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import { innerId } from './blocks'

/** A path into a JSON document: property names and array indices. */
export type JsonPath = readonly (string | number)[]

/** The validated document. */
export interface Checked {
  readonly value: unknown
  /** Location of the validated part in `value`; issue paths are relative to it. */
  readonly path?: JsonPath
  readonly file?: string
  /** The line in the file of the value at a path; see `indexLines`. */
  readonly lineOf?: (path: JsonPath) => number
}

type Issue = z.core.$ZodIssue

/** One `project-format` problem per issue. */
export function formProblems(issues: readonly Issue[], checked: Checked): Problem[] {
  return issues.map((issue) => {
    const path = [
      ...(checked.path ?? []),
      ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    ]
    const value = valueAt(checked.value, path)
    const name = formatPath(path)
    const wanted = expectation(issue)
    const place = placeOf(path, checked)
    if (value === undefined) return makeProblem('project-format', 'missing', { path: name, wanted }, place)
    const near = (typeof value === 'string' && nearestName(value, wordsOf(issue))) || ''
    return makeProblem('project-format', 'form', { path: name, wanted, near, received: excerpt(value) }, place)
  })
}

/** A document before and after parsing by a schema. */
export interface Read {
  readonly raw: unknown
  readonly parsed: unknown
  /** Undefined if the schema does not list its fields. */
  readonly schema: Schema | undefined
}

type Schema = z.core.$ZodType

/** A warning for every property of `raw` that is missing in `parsed`, the schema's result: mostly misspelled names. */
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
    const values = { path: name, name: key, known: known.join(', '), guess: nearestName(key, known) ?? '' }
    const where = { ...placeOf(here, checked), ...(near !== undefined && { data: { near } }) }
    return makeProblem('project-format', 'unknown-field', values, { ...where, severity: 'warning' })
  })
}

/** The schema that applies: unwrapped from defaults, and for a union of kinds the one `parsed` has. */
function formOf(schema: Schema | undefined, parsed: unknown): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return formOf(schema.unwrap(), parsed)
  if (schema instanceof z.ZodDiscriminatedUnion || schema instanceof z.ZodUnion)
    return schema.options.find((option) => z.safeParse(option, parsed).success)
  return schema
}

/** `training.batchSize`, `graph.nodes[3].params.kernel`; the root is `the project`. */
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

/** The line, the layer if the path leads into one that has an id, and the rest of the path. */
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

/** The allowed words, if a schema accepts only words. */
function wordsOf(issue: Issue): string[] {
  const { values, options } = issue as { values?: readonly unknown[]; options?: readonly unknown[] }
  return [...(values ?? options ?? [])].filter((value) => typeof value === 'string')
}

/** What a schema expects, in words that fit after "expected:" and "Set … to". */
function expectation(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? same(issue.expected)
    case 'invalid_value':
      return oneOf(issue.values.map((value) => same(JSON.stringify(value))))
    case 'invalid_union': {
      const { options } = issue as { options?: readonly unknown[] }
      if (options !== undefined && issue.errors.length === 0)
        return oneOf(options.map((option) => same(JSON.stringify(option))))
      const branches = issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation))
      return oneOf(branches.filter(({ en }, index) => branches.findIndex((other) => other.en === en) === index))
    }
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? moreThan : atLeast, Number(issue.minimum))
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? lessThan : atMost, Number(issue.maximum))
    case 'invalid_format':
      return text(
        'a name that starts with a letter, followed by letters, digits, _ or -',
        '以字母开头，其后为字母、数字、_ 和 - 的名称',
      )
    default:
      return same(issue.message)
  }
}

const same = (word: string): Text => text(word, word)

const typeNames: Readonly<Record<string, Text>> = {
  string: text('a string', '字符串'),
  number: text('a number', '数'),
  int: text('a whole number', '整数'),
  boolean: text('true or false', 'true 或 false'),
  null: text('null', 'null'),
  array: text('a list', '列表'),
  tuple: text('a list of numbers', '数的列表'),
  object: text('an object', '对象'),
  record: text('an object', '对象'),
}

const moreThan = text('more than', '大于')
const atLeast = text('at least', '不小于')
const lessThan = text('less than', '小于')
const atMost = text('at most', '不大于')

function bound(origin: string, relation: Text, limit: number): Text {
  const { en, zh } = relation
  if (origin === 'string')
    return limit === 1 && relation === atLeast
      ? text('a non-empty string', '非空字符串')
      : text(`a string of ${en} ${limit} characters`, `长度${zh} ${limit} 个字符的字符串`)
  if (origin === 'array' || origin === 'tuple')
    return text(`a list of ${en} ${limit} items`, `长度${zh} ${limit} 项的列表`)
  return text(`a number of ${en} ${limit}`, `${zh} ${limit} 的数`)
}

function oneOf(options: readonly Text[]): Text {
  const last = options.at(-1)
  if (last === undefined) return text('another value', '其他值')
  if (options.length === 1) return last
  const others = options.slice(0, -1)
  return text(
    `${others.map(({ en }) => en).join(', ')} or ${last.en}`,
    `${others.map(({ zh }) => zh).join('、')} 或 ${last.zh}`,
  )
}

/** The value as JSON, shortened to fit into a message. */
function excerpt(value: unknown): string {
  const text = typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
