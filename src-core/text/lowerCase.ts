/** Converts to lower case independent of the locale: “I” becomes “i” in a Turkish one too. */

export function lowerCase(text: string): string {
  return text.toLowerCase()
}
