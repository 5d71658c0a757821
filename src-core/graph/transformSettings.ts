/** The transforms of a project: what happens to a sample every time it is read, in order. */
import { z } from 'zod'
import { paramValueSchema } from './choice'

const transformSchema = z
  .object({
    kind: z.string(),
    /** A disabled step stays in the list with its settings. */
    enabled: z.boolean().default(true),
  })
  .catchall(paramValueSchema)
export type TransformChoice = z.infer<typeof transformSchema>

export const transformsSchema = z.array(transformSchema).max(100).default([])
