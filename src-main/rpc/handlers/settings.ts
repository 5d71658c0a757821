/** Handlers of `settings`. */
import { procedures } from '../procedures'

const { settings } = procedures

export const settingsHandlers = settings.router({
  read: settings.read.handler(({ context }) => context.settings.read()),
  change: settings.change.handler(({ context, input }) => context.settings.change(input)),
})
