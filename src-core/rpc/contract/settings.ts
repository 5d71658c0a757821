/** The user's preferences, kept across starts. */
import * as z from 'zod'
import { nothing, procedure } from './procedure'

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  /** Sizes of panels in pixels by name, e.g. `model.inspector`. */
  panels: z.record(z.string().regex(/^[\w.-]{1,60}$/), z.number().min(0).max(10_000)).default({}),
})
export type Settings = z.infer<typeof settingsSchema>

const changesSchema = z
  .object({
    theme: settingsSchema.shape.theme.unwrap(),
    language: settingsSchema.shape.language.unwrap(),
    /** Merged into the stored sizes. */
    panels: settingsSchema.shape.panels.unwrap(),
  })
  .partial()
export type SettingsChanges = z.infer<typeof changesSchema>

export const settings = {
  read: procedure.input(nothing).output(settingsSchema),
  /** Changes the given settings and returns all of them. */
  change: procedure.input(changesSchema).output(settingsSchema),
}
