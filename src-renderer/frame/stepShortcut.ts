/** Alt+1, Alt+2, … open the steps of the workflow in the order in which the rail shows them. */
import type { ScreenEntry } from './screens'

/** The shortcut of a step; undefined for screens that are no step and after the ninth. */
export function stepShortcut(entries: readonly ScreenEntry[], entry: ScreenEntry): string | undefined {
  const index = entries.filter((candidate) => candidate.place === 'step').indexOf(entry)
  return index >= 0 && index < 9 ? `Alt+${index + 1}` : undefined
}
