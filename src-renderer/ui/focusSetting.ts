/** Focuses a setting by its title, for the settings search. */

/** Maximum time for a panel to appear, in milliseconds. */
const LONGEST = 5000

/** The control with this title, its own or that of its row. */
function controlOf(panel: string, title: string): HTMLElement | null {
  const place = document.querySelector(panel)
  if (place === null) return null
  const row = [...place.querySelectorAll('.form-row')].find(
    (candidate) => candidate.querySelector('label')?.textContent?.trim() === title,
  )
  return (
    row?.querySelector<HTMLElement>('.form-row-control :is(input, button, [tabindex="0"])') ??
    place.querySelector<HTMLElement>(`[aria-label="${CSS.escape(title)}"]`)
  )
}

/** Focuses the setting `title` in the panel matching this selector, once it is visible. */
export function focusSetting(panel: string, title: string): void {
  const take = (): boolean => {
    const control = controlOf(panel, title)
    if (control === null) return false
    control.scrollIntoView({ block: 'nearest' })
    control.focus()
    if (control instanceof HTMLInputElement) control.select()
    return true
  }
  if (take()) return
  const observer = new MutationObserver(() => {
    if (take()) observer.disconnect()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), LONGEST)
}
