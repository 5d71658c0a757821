/**
 * Positions in JSON text: where it is malformed, and the line of a value. JSON.parse reports neither in a form
 * consistent
 * across engines, and files kept in git break in ways (merge conflicts, a lost comma) that deserve a precise message.
 */

/** Where a text stops being JSON. */
export interface JsonFault {
  /** Index into the text. */
  readonly offset: number
  readonly expected: string
  readonly received: string
}

/** A position in a text, both 1-based. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** Maximum nesting of objects and arrays; a project with the maximum block depth stays well below. */
export const MAX_JSON_DEPTH = 100

/** The first fault in `text`, or undefined if it is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  try {
    new Scanner(text, () => undefined).scan()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/**
 * Scans `text`, which is JSON, once and returns a function from any path to the 1-based line of its value; for a
 * missing
 * value, the line of the innermost object or list that would contain it.
 */
export function indexLines(text: string): (path: readonly (string | number)[]) => number {
  const lines = new Map<string, number>()
  let line = 1
  let counted = 0
  new Scanner(text, (path, offset) => {
    for (; counted < offset; counted++) if (text[counted] === '\n') line++
    lines.set(JSON.stringify(path), line)
  }).scan()
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const found = lines.get(JSON.stringify(path.slice(0, length)))
      if (found !== undefined) return found
    }
    return 1
  }
}

export function textPlace(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** The line around `offset`, shortened to 60 characters. */
export function snippetAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const line = text.slice(start, end === -1 ? undefined : end)
  const from = Math.max(0, offset - start - 30)
  const cut = line.slice(from, from + 60)
  return `${from > 0 ? '…' : ''}${cut.trim()}${from + 60 < line.length ? '…' : ''}`
}

class Fault extends Error implements JsonFault {
  constructor(
    readonly offset: number,
    readonly expected: string,
    readonly received: string,
  ) {
    super(`expected ${expected}, received ${received}`)
  }
}

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const blank = /[ \t\n\r]*/y

/** Scans JSON without building values and reports the path and offset of each value before reading it. */
class Scanner {
  private offset = 0
  private readonly path: (string | number)[] = []

  constructor(
    private readonly text: string,
    private readonly onValue: (path: readonly (string | number)[], offset: number) => void,
  ) {}

  scan(): void {
    this.value()
    this.skipBlank()
    if (this.offset < this.text.length) this.fault('the end of the file')
  }

  private value(): void {
    this.skipBlank()
    this.onValue(this.path, this.offset)
    if (this.path.length > MAX_JSON_DEPTH) throw new Fault(this.offset, `at most ${MAX_JSON_DEPTH} levels`, 'more')
    const character = this.text[this.offset]
    if (character === '{') this.members('}', () => this.property())
    else if (character === '[') this.members(']', (index) => this.inside(index))
    else if (character === '"') this.string('a text in double quotes')
    else if (this.match(literal) === undefined) this.fault('a value')
  }

  private members(close: string, member: (index: number) => void): void {
    this.offset++
    this.skipBlank()
    if (this.take(close)) return
    for (let index = 0; ; index++) {
      member(index)
      this.skipBlank()
      if (this.take(close)) return
      if (!this.take(',')) this.fault(`, or ${close}`)
    }
  }

  private property(): void {
    this.skipBlank()
    const name = this.string('a property name in double quotes')
    this.skipBlank()
    if (!this.take(':')) this.fault(':')
    this.inside(name)
  }

  private inside(step: string | number): void {
    this.path.push(step)
    this.value()
    this.path.pop()
  }

  private string(expected: string): string {
    const start = this.offset
    if (!this.take('"')) this.fault(expected)
    for (;;) {
      const code = this.text.charCodeAt(this.offset)
      if (code === 0x22) break
      // Control characters, including the end of the line, and the end of the text, where the code is NaN.
      if (!(code >= 0x20)) this.fault('" at the end of the text')
      if (code !== 0x5c) this.offset++
      else if (this.match(escape) === undefined)
        this.fault('one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000')
    }
    this.offset++
    return JSON.parse(this.text.slice(start, this.offset)) as string
  }

  private skipBlank(): void {
    this.match(blank)
  }

  private take(character: string): boolean {
    const here = this.text[this.offset] === character
    if (here) this.offset++
    return here
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset
    const found = pattern.exec(this.text)?.[0]
    this.offset += found?.length ?? 0
    return found
  }

  private fault(expected: string): never {
    const received = this.text[this.offset]
    throw new Fault(
      this.offset,
      expected,
      received === '\n' ? 'the end of the line' : (received ?? 'the end of the file'),
    )
  }
}
