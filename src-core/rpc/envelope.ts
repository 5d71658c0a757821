/**
 * What a window may send. oRPC's own reader trusts every message and turns an unexpected one into an
 * unhandled rejection, which ends a Node process; so the host passes on only messages of exactly these forms.
 */
import * as z from 'zod'
import { ABORT } from './transfer'

const id = z.string().min(1).max(32)

const acknowledgementSchema = z.strictObject({ a: id, n: z.int().min(1).max(1024) })

/** A call: `/namespace/procedure` and its serialized input. Windows send no headers, methods or streams. */
const requestSchema = z.strictObject({
  i: id,
  t: z.undefined().optional(),
  p: z.strictObject({
    u: z
      .string()
      .max(200)
      .regex(/^(\/[A-Za-z][A-Za-z0-9]*)+$/),
    b: z.looseObject({ meta: z.array(z.array(z.union([z.string(), z.number()]))).optional() }).optional(),
    h: z.undefined().optional(),
    m: z.undefined().optional(),
  }),
})

const abortSchema = z.strictObject({ i: id, t: z.literal(ABORT), p: z.undefined().optional() })

const messageSchema = z.union([requestSchema, abortSchema, acknowledgementSchema])

/** A message from a window, or undefined if it has none of the known forms. */
export function readWindowMessage(message: unknown): z.infer<typeof messageSchema> | undefined {
  return messageSchema.safeParse(message).data
}
