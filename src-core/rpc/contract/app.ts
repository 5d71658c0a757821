/** The application itself: its identity, menu commands, window frame and exit. */
import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { fileSchema } from './file'
import { nothing, procedure } from './procedure'

/** Commands of the native menu; the ids match the window's command registry. */
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
  /** A project was opened from outside: the command line, the file manager, or the menu's recent files. */
  z.object({ type: z.literal('openFile'), file: fileSchema }),
  /** The user chose "Save" when leaving: save, then call `app.quit`; do nothing if saving fails or is canceled. */
  z.object({ type: z.literal('saveAndQuit') }),
  /** Shown by the page if the shell cannot show notifications, as in browser mode. */
  z.object({ type: z.literal('notification'), title: textSchema, body: textSchema }),
])
export type AppEvent = z.infer<typeof appEventSchema>

const appInfoSchema = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  platform: z.string(),
  /** Whether `dialog.open` and `dialog.save` work; otherwise `dialog.browse` and `dialog.target` do. */
  nativeDialogs: z.boolean(),
  /** Folder of settings, autosaves and recent files, for display. */
  dataFolder: z.string(),
  /** System language as a BCP 47 tag. */
  systemLanguage: z.string(),
})

export const app = {
  info: procedure.input(nothing).output(appInfoSchema),
  /** Events from the start, for as long as the caller listens; those before the first listener are queued. */
  events: procedure.input(nothing).output(eventIterator(appEventSchema)),
  /** Keeps the window frame in sync with the project: the title, the unsaved-changes mark, the prompt when leaving. */
  setDocument: procedure.input(z.object({ title: z.string().max(500), edited: z.boolean() })).output(nothing),
  /** Quits the app; the caller handles unsaved changes. Returns what is running, if that should not be stopped. */
  quit: procedure
    .input(z.object({ stopRunning: z.boolean() }))
    .output(z.object({ quitting: z.boolean(), running: z.array(z.string()) })),
}
