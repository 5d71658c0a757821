/** Brings the keyboard to a setting by its title, as the search for settings does. */

/** How long a panel that is not on screen yet may take to come, in milliseconds. */
const LONGEST = 5000

/** The control whose row, or which itself, has this title. */
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

/** Focuses the setting `title` in the panel with this selector, as soon as it is on screen. */
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
