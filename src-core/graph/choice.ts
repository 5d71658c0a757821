/** A catalog item with its parameters, e.g. `{ "kind": "adam", "lr": 0.001 }`, as stored in project files. */
import { z } from 'zod'

/** A parameter value as stored in the file; the definition of an item decides which parameters it has. */
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
