/** The application itself: what it is, what its menu asks for, what its frame shows, and leaving it. */
import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { fileSchema } from './file'
import { nothing, procedure } from './procedure'

/** Commands of the native menu; the ids are those of the window's command registry. */
export const menuCommands = [
  'project.new',
  'project.open',
  'project.save',
  'project.saveAs',
  'edit.undo',
  'edit.redo',
  'view.fit',
  'view.zoomIn',
  'view.zoomOut',
  'view.commands',
  'training.start',
  'training.pause',
  'training.stop',
  'help.open',
] as const
export type MenuCommand = (typeof menuCommands)[number]

const textSchema = z.object({ en: z.string(), zh: z.string() })

const appEventSchema = z.discriminatedUnion('type', [
  /** A menu item was chosen. */
  z.object({ type: z.literal('command'), command: z.enum(menuCommands) }),
  /** A project was opened from outside: command line, file manager, recent files of the menu. */
  z.object({ type: z.literal('openFile'), file: fileSchema }),
  /** The person chose "Save" on leaving: save, then call `app.quit`; do nothing if saving fails or is cancelled. */
  z.object({ type: z.literal('saveAndQuit') }),
  /** Shown by the page where the shell cannot notify by itself, as in browser mode. */
  z.object({ type: z.literal('notification'), title: textSchema, body: textSchema }),
])
export type AppEvent = z.infer<typeof appEventSchema>

const appInfoSchema = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  platform: z.string(),
  /** Whether `dialog.open` and `dialog.save` work; otherwise `dialog.browse` and `dialog.target` do. */
  nativeDialogs: z.boolean(),
  /** Where settings, autosaves and recent files are kept, for people. */
  dataFolder: z.string(),
  /** Language of the system as a BCP 47 tag. */
  systemLanguage: z.string(),
})

export const app = {
  info: procedure.input(nothing).output(appInfoSchema),
  /** Events since the start, for as long as the caller listens; those before the first listener wait for it. */
  events: procedure.input(nothing).output(eventIterator(appEventSchema)),
  /** Keeps the frame in step with the document: the title, the mark of unsaved changes, the question on leaving. */
  setDocument: procedure.input(z.object({ title: z.string().max(500), edited: z.boolean() })).output(nothing),
  /** Leaves the app; unsaved changes are the caller's business. Answers what is running where that was not to be stopped. */
  quit: procedure
    .input(z.object({ stopRunning: z.boolean() }))
    .output(z.object({ quitting: z.boolean(), running: z.array(z.string()) })),
}
