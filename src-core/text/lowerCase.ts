/** Small letters, the same in every country: “I” becomes “i” in a Turkish one too. */

export function lowerCase(text: string): string {
  return text.toLowerCase()
}
