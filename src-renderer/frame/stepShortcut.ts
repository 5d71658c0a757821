/** Alt+1, Alt+2, … open the workflow steps in rail order. */
import type { ScreenEntry } from './screens'

/** Shortcut of a step; undefined after the ninth, and for screens that are not steps. */
export function stepShortcut(entries: readonly ScreenEntry[], entry: ScreenEntry): string | undefined {
  const index = entries.filter((candidate) => candidate.place === 'step').indexOf(entry)
  return index >= 0 && index < 9 ? `Alt+${index + 1}` : undefined
}
