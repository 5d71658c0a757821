/** A named thing from a catalogue with its parameters, e.g. `{ "kind": "adam", "lr": 0.001 }`, as project files store it. */
import { z } from 'zod'

/** A parameter value as the file stores it; which parameters a thing has is checked against its definition. */
export const paramValueSchema = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.number()),
  z.array(z.string()),
])
export type ParamValue = z.infer<typeof paramValueSchema>

export const choiceSchema = z.object({ kind: z.string() }).catchall(paramValueSchema)
export type Choice = z.infer<typeof choiceSchema>
