/** A problem's message with the name of its layer set apart, so that it can be a link. */

export interface ProblemSentence {
  readonly before: string
  readonly name: string
  readonly after: string
}

/** The message around the first mention of `name`; where it does not speak of the layer by name, the name comes first. */
export function problemSentence(name: string | undefined, message: string): ProblemSentence {
  if (name === undefined || name === '') return { before: '', name: '', after: message }
  const at = message.search(new RegExp(`(?<![\\p{L}\\p{N}_.-])${escaped(name)}(?![\\p{L}\\p{N}_-])`, 'u'))
  if (at === -1) return { before: '', name, after: ` ${message}` }
  return { before: message.slice(0, at), name, after: message.slice(at + name.length) }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
