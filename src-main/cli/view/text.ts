/** Terminal text: width in cells, padding, wrapping, and escaping of control characters. */

/** Characters two cells wide in every terminal: Chinese, Japanese, Korean and full-width forms. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Width in cells of a text without escape sequences. */
export function cellWidth(text: string): number {
  let width = 0
  for (const character of text) width += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cellWidth(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - cellWidth(text))) + text
}

/** Control characters in names, paths and file contents could move the cursor or worse; they are shown as `\x1b`. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu,
    (c) => `\\x${c.codePointAt(0)!.toString(16).padStart(2, '0')}`,
  )
}

/** At most `width` cells of a text, with a final … if cut. */
export function cut(text: string, width: number): string {
  if (cellWidth(text) <= width) return text
  let kept = ''
  let room = width - 1
  for (const character of text) {
    room -= cellWidth(character)
    if (room < 0) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

/** Breaks at spaces so that no line exceeds `width` cells; a longer word gets its own line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && cellWidth(line) + 1 + cellWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Same for text with several lines. */
export function wrapLines(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrap(line, width))
}

/** Label and text in two columns; long texts wrap within their column. */
export function twoColumns(
  rows: readonly (readonly [string, string])[],
  { indent, columns }: { indent: number; columns: number },
  paintLabel: (label: string) => string = (label) => label,
): string {
  const labelWidth = Math.max(...rows.map(([label]) => cellWidth(label)))
  const start = indent + labelWidth + 2
  return rows
    .flatMap(([label, text]) =>
      wrapLines(text, Math.max(20, columns - start)).map((line, i) => {
        const head = i === 0 ? paintLabel(padEnd(label, labelWidth)) : ' '.repeat(labelWidth)
        return `${' '.repeat(indent)}${head}  ${line}\n`
      }),
    )
    .join('')
}
