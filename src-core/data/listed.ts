/** Names on one line; beyond a limit, the rest is only counted. */
export function listed(names: readonly string[], most = 20): string {
  const rest = names.length - most
  const shown = names.slice(0, most).join(', ')
  return rest > 0 ? `${shown}, … and ${rest} more` : shown
}
