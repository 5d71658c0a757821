/** Handlers of `app`. */
import { displayPath } from '../../disk/fileGrants'
import { procedures } from '../procedures'

const { app } = procedures

export const appHandlers = app.router({
  info: app.info.handler(({ context: { version, desktop, dataFolder } }) => ({
    version,
    shell: desktop.shell,
    platform: process.platform,
    nativeDialogs: desktop.dialogs !== null,
    dataFolder: displayPath(dataFolder),
    systemLanguage: desktop.systemLanguage,
  })),

  events: app.events.handler(({ context, signal }) => context.events.subscribe(signal)),

  setDocument: app.setDocument.handler(({ context, input }) => context.desktop.setDocument(input)),

  quit: app.quit.handler(async ({ context: { activities, desktop }, input }) => {
    if (activities.titles.length > 0 && !input.stopRunning) return { quitting: false, running: activities.titles }
    await activities.stopAll()
    // Delayed until the answer is sent; the end of the process would cut it off.
    setTimeout(() => desktop.quit(), 50)
    return { quitting: true, running: [] }
  }),
})
