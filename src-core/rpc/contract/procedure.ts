/** The base of every procedure of the contract: the errors that any of them may return. */
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { problemCodes, type ProblemCode } from '../../problems/codes'
import type { Problem } from '../../problems/problem'

const text = z.string().max(10_000)

const placeSchema = z.object({
  file: text.optional(),
  line: z.int().optional(),
  byte: z.int().optional(),
  column: text.optional(),
  node: text.optional(),
  param: text.optional(),
  edge: text.optional(),
})

/**
 * A serialized `Problem`. Annotated with its type, because otherwise every procedure with problems would spell out all
 * their codes.
 */
export const problemSchema: z.ZodType<Problem, Problem> = z.object({
  code: z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]),
  severity: z.enum(['error', 'warning']),
  place: placeSchema,
  message: text,
  expected: text.optional(),
  received: text.optional(),
  arithmetic: text.optional(),
  fix: text,
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

export const problemsSchema = z.array(problemSchema).max(10_000)

/**
 * Start every procedure from this: `procedure.input(…).output(…)`, with a schema for both. A ProblemError thrown by a
 * handler reaches the window as the error PROBLEM with its problems, and leaves the client as a ProblemError again.
 */
export const procedure = oc.errors({
  PROBLEM: { status: 422, data: z.object({ problems: problemsSchema }) },
})

/** For procedures without input or output. */
export const nothing = z.void()
