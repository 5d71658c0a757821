/**
 * Guesses the legacy encoding of a text that is not UTF-8: decodes it with each one, and scores the letters by their
 * frequency in the languages that use it.
 */
import { counted } from '#core/base/counted'
import { text, type Text } from '#core/base/text'
import iconv from 'iconv-lite'
import type { Encoding } from './encoding'

interface Guess {
  readonly encoding: OldEncoding | 'utf-8'
  readonly doubt?: Text
}

/** Encodings that predate Unicode. */
export type OldEncoding = Exclude<Encoding, `utf-${string}`>

type Weigh = (letter: string, before: string, after: string) => number

/** Enough letters to decide, and few enough to be fast. */
const LETTERS = 4000
/** With fewer letters, or a smaller lead, a guess is in doubt. */
const SURE_LETTERS = 12
const SURE_LEAD = 0.15
/** Minimum share of valid UTF-8 among the letters for a text to count as damaged UTF-8. */
const DAMAGED_SHARE = 0.8

/** The most frequent characters of prose. */
const chinese = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运男女性别姓名年龄北京上海广州深圳省市区县街号',
)
const korean = new Set(
  '이다는에의을를은가고하지로도한기사시인일나정대아리자서해으여어그수전부라보소원장스들제구과상조주만게국있것적년월동경지역남여서울산성명',
)
const punctuation = /[\u3000-\u303f\uff00-\uffef]/
const typographic = /[‘’“”–—…•€£§©®°±²³µ·¼½¾×÷™¡¿«»]/

const weighers: Readonly<Record<OldEncoding, Weigh>> = {
  gb18030: (letter) => {
    if (chinese.has(letter)) return 1
    if (/[\u4e00-\u9fff]/.test(letter)) return 0.3
    // It has every Unicode character, so any letter is plausible.
    return punctuation.test(letter) ? 0.6 : /\p{L}/u.test(letter) ? 0.1 : 0
  },
  'euc-kr': (letter) => {
    if (korean.has(letter)) return 1
    return punctuation.test(letter) ? 0.5 : /[\uac00-\ud7a3]/.test(letter) ? 0.6 : 0
  },
  shift_jis: (letter) => {
    if (/[\u3041-\u3096ー]/.test(letter)) return 1
    if (/[\u30a1-\u30fa]/.test(letter)) return 0.9
    // Half-width katakana are single bytes, and almost any text decodes to them.
    if (/[\uff61-\uff9f]/.test(letter)) return 0.05
    return punctuation.test(letter) ? 0.6 : /[\u4e00-\u9fff]/.test(letter) ? 0.45 : 0
  },
  'windows-1252': (letter, before, after) => {
    if (typographic.test(letter)) return 0.7
    if (!/[À-ÖØ-öø-ÿŒœŠšŽžŸ]/.test(letter)) return 0
    // Accented letters occur among plain ones; runs of them suggest another encoding.
    if (/[a-z]/i.test(before) || /[a-z]/i.test(after)) return 0.9
    return /[^\u0000-\u007f]/.test(before + after) ? 0.1 : 0.6
  },
}
/** Names in iconv-lite; Shift_JIS and EUC-KR with the Windows extensions. */
export const encodingTables: Readonly<Record<OldEncoding, string>> = {
  'windows-1252': 'windows1252',
  gb18030: 'gb18030',
  shift_jis: 'cp932',
  'euc-kr': 'cp949',
}

/** The most likely encoding of bytes that are not UTF-8, cut at line breaks if they are part of a file. */
export function guessEncoding(bytes: Buffer): Guess {
  const lines = foreignLines(bytes)
  if (looksDamaged(lines)) return { encoding: 'utf-8' }
  const candidates = Object.keys(weighers) as OldEncoding[]
  const scores = candidates.map((encoding) => ({ encoding, ...score(encoding, lines) }))
  scores.sort((a, b) => b.mean - a.mean)
  const [best, second] = scores as [(typeof scores)[number], (typeof scores)[number]]
  // Bytes that fit no encoding are reported as invalid UTF-8 with their position.
  if (best.mean === 0) return { encoding: 'utf-8' }
  const { encoding } = best
  if (best.letters < SURE_LETTERS) {
    const doubt = text(
      `it holds only ${counted(best.letters, 'letter')} beyond ASCII`,
      `ASCII 以外的字母只有 ${best.letters} 个`,
    )
    return { encoding, doubt }
  }
  if (best.mean - second.mean >= SURE_LEAD) return { encoding }
  return {
    encoding,
    doubt: text(`the letters would also make sense in ${second.encoding}`, `文字按 ${second.encoding} 读取也有意义`),
  }
}

/** Only complete lines with bytes beyond ASCII. */
function foreignLines(bytes: Buffer): Buffer {
  const lines: Buffer[] = []
  for (let begin = 0; begin < bytes.length;) {
    const feed = bytes.indexOf(10, begin)
    const end = feed < 0 ? bytes.length : feed + 1
    const line = bytes.subarray(begin, end)
    if (line.some((byte) => byte >= 0x80)) lines.push(line)
    begin = end
  }
  return Buffer.concat(lines).subarray(0, 8 * LETTERS)
}

/** Mostly UTF-8 with a few invalid bytes. */
function looksDamaged(lines: Buffer): boolean {
  const letters = lines.toString('utf8').replace(/[\u0000-\u007f]/g, '')
  const wrong = letters.length - letters.replaceAll('\ufffd', '').length
  return letters.length >= SURE_LETTERS && letters.length - wrong >= letters.length * DAMAGED_SHARE
}

/** Mean weight of the letters beyond ASCII; 0 if some bytes are invalid in the encoding. */
function score(encoding: OldEncoding, lines: Buffer): { mean: number; letters: number } {
  const text = iconv.decode(lines, encodingTables[encoding])
  const weigh = weighers[encoding]
  let letters = 0
  let sum = 0
  let wrong = 0
  for (let i = 0; i < text.length && letters < LETTERS; i++) {
    const letter = text[i]!
    if (letter < '\u0080') continue
    if (letter === '\ufffd') wrong++
    letters++
    sum += weigh(letter, text[i - 1] ?? '', text[i + 1] ?? '')
  }
  // A truncated last line may end within a character.
  return { mean: wrong > 1 || letters === 0 ? 0 : sum / letters, letters }
}
