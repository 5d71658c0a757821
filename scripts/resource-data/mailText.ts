/**
 * The readable content of a raw mail (RFC 822 and MIME): its subject and its text, without headers, markup and
 * attachments.
 */

interface Part {
  readonly headers: ReadonlyMap<string, string>
  /** Bytes as Latin-1 characters. */
  readonly body: string
}

export interface MailText {
  readonly subject: string
  readonly body: string
}

/** Maximum nesting depth of parts. */
const MAX_DEPTH = 5

export function readMail(bytes: Uint8Array): MailText {
  const mail = parsePart(Buffer.from(bytes).toString('latin1'))
  const text = textIn(mail, 'text/plain') ?? textIn(mail, 'text/html') ?? ''
  return { subject: decodeWords(mail.headers.get('subject') ?? ''), body: text }
}

function parsePart(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source)
  const head = end ? source.slice(0, end.index) : source
  const headers = new Map<string, string>()
  // A header continues on lines that begin with a space.
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value!)
  }
  return { headers, body: end ? source.slice(end.index + end[0].length) : '' }
}

/** The first text of this type in a part or its nested parts. */
function textIn(part: Part, wanted: 'text/plain' | 'text/html', depth = 0): string | undefined {
  const type = part.headers.get('content-type') ?? 'text/plain'
  const kind = /^[\w-]+\/[\w.+-]+/.exec(type.toLowerCase())?.[0] ?? 'text/plain'
  if (kind.startsWith('multipart/') && depth < MAX_DEPTH) {
    const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
    if (boundary === undefined) return undefined
    const inner = part.body.split(`--${boundary}`).slice(1)
    for (const source of inner) {
      const text = textIn(parsePart(source.replace(/^\r?\n/, '')), wanted, depth + 1)
      if (text !== undefined) return text
    }
    return undefined
  }
  if (kind !== wanted) return undefined
  const encoding = part.headers.get('content-transfer-encoding') ?? ''
  const text = decodeText(decodeTransfer(part.body, encoding), /charset="?([\w-]+)/i.exec(type)?.[1])
  // Some mails declared as plain text are HTML.
  return wanted === 'text/html' || /<(html|body|table|font)\b/i.test(text) ? withoutMarkup(text) : text
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64')
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(body, 'latin1')
  const plain = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => byte(hex))
  return Buffer.from(plain, 'latin1')
}

const byte = (hex: string): string => String.fromCharCode(parseInt(hex, 16))

function decodeText(bytes: Uint8Array, charset = 'windows-1252'): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Encoded words such as `=?iso-8859-1?Q?caf=E9?=` in subjects. */
function decodeWords(subject: string): string {
  const joined = subject.replace(/\?=\s+=\?/g, '?==?')
  return joined.replace(/=\?([\w-]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset: string, kind: string, text: string) => {
    const encoding = kind.toUpperCase() === 'B' ? 'base64' : 'quoted-printable'
    return decodeText(decodeTransfer(encoding === 'base64' ? text : text.replaceAll('_', ' '), encoding), charset)
  })
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  eacute: 'é',
  pound: '£',
  euro: '€',
}

function withoutMarkup(page: string): string {
  return page
    .replace(/<(script|style|title)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<\/?(a|b|i|u|em|strong|font|span|big|small|tt)\b[^>]*>/gi, '')
    .replace(/<[a-z!/?][^>]*(>|$)/gi, ' ')
    .replace(/&#(\d{1,6});/g, (whole, code: string) =>
      Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : whole,
    )
    .replace(/&([a-z]+);?/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
}
