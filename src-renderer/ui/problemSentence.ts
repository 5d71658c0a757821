/** A problem's message split around the name of its layer, so that the name can be a link. */

export interface ProblemSentence {
  readonly before: string
  readonly name: string
  readonly after: string
}

/** The message split at the first mention of `name`; if the layer is not mentioned, the name comes first. */
export function problemSentence(name: string | undefined, message: string): ProblemSentence {
  if (name === undefined || name === '') return { before: '', name: '', after: message }
  const at = message.search(new RegExp(`(?<![\\p{L}\\p{N}_.-])${escaped(name)}(?![\\p{L}\\p{N}_-])`, 'u'))
  if (at === -1) return { before: '', name, after: ` ${message}` }
  return { before: message.slice(0, at), name, after: message.slice(at + name.length) }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
