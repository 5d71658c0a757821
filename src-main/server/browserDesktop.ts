/** The `Desktop` of browser mode: a terminal, which speaks English. Dialogs, progress and titles are the page's own. */
import type { Desktop } from '../desktop/desktop'

export function browserDesktop(options: { log: (line: string) => void; quit: () => void }): Desktop {
  return {
    shell: 'browser',
    dialogs: null,
    systemLanguage: Intl.DateTimeFormat().resolvedOptions().locale,
    setProgress: () => undefined,
    setDocument: () => undefined,
    addRecentDocument: () => undefined,
    notify({ title, body }) {
      options.log(`${title.en}: ${body.en}`)
      return false
    },
    quit: options.quit,
  }
}
