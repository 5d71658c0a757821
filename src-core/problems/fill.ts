/** Fills the gaps of sentences, in both languages. */
import type { Text, TextLanguage } from '../base/text'
import { dataReasons, dataWords } from './dataWords'

export type GapValue = string | number | boolean | null | Text
export type GapValues = Readonly<Record<string, GapValue | undefined>>

/** What a parameter accepts; the format `spec` puts it into words. */
export interface Accepted {
  readonly type: string
  readonly min: number | null
  readonly max: number | null
  /** True where `max` itself is not allowed. */
  readonly above: boolean
  readonly below: boolean
  /** True for lists of whole numbers. */
  readonly whole: boolean
  readonly optional: boolean
  /** Allowed words, joined by commas. */
  readonly words: string
}

/** How `{name|format}` shows a value: `known|list`, `axis|axis`, … */
type Format =
  | 'list'
  | 'word'
  | 'reason'
  | 'words'
  | 'ids'
  | 'and'
  | 'local'
  | 'ranks'
  | 'axes'
  | 'axis'
  | 'minus'
  | 'guess'
  | 'spec'
type Formats = Readonly<Record<Format, (value: string, values: GapValues) => string>>

const minus = (value: string): string => value.replaceAll('-', '−')

/** `conv1` of `block1.0.conv1`. */
const local = (value: string): string => value.split('.').at(-1) ?? value

const englishAxes: Readonly<Record<string, string>> = {
  2: 'N×features',
  3: 'N×channels×length',
  4: 'N×channels×height×width',
}

const english: Formats = {
  list: (value) => value,
  word: (value) => value,
  reason: (value) => value,
  words: (value) => value.split(' ').join(' or '),
  ids: (value) => value.split(' ').join(', '),
  and: (value) => value.split(', ').join(' and '),
  ranks: (value) => value.split(' ').join(' or '),
  axes: (value) =>
    value
      .split(' ')
      .map((rank) => englishAxes[rank] ?? `${rank} axes`)
      .join(' or '),
  local,
  axis: (value) => (value === '0' ? 'height' : 'width'),
  minus,
  guess: (value) => (value === '' ? '' : `Did you mean “${value}”? `),
  spec: (_, values) => describeAccepted('en', values),
}

const chineseAxes: Readonly<Record<string, string>> = {
  2: 'N×特征',
  3: 'N×通道×长度',
  4: 'N×通道×高×宽',
}

/** English words that appear as values. */
const chineseWords: Readonly<Record<string, string>> = {
  train: '训练',
  validation: '验证',
  test: '测试',
  classification: '分类',
  regression: '回归',
  'input channels': '输入通道',
  filters: '滤波器',
  classes: '个类别',
  targets: '个目标',
  none: '无',
  nothing: '空值',
  neither: '两者皆无',
  more: '更多',
  null: '空',
  'no parameters': '没有参数',
  'no weights': '没有权重',
  'no inputs': '没有输入',
  'no step': '没有步骤',
  'no extension': '没有扩展名',
  'no run.json in it': '其中没有 run.json',
  'no such field': '没有此字段',
  'another value': '其他值',
  images: '图像',
  tables: '表格',
  texts: '文本',
  arrays: '数组',
  'the project': '项目',
  'a value': '一个值',
  'the end of the file': '文件末尾',
  'the end of the line': '行末',
  'a text in double quotes': '双引号中的文本',
  'a property name in double quotes': '双引号中的属性名',
  '" at the end of the text': '文本末尾的 "',
}

const chinese: Formats = {
  list: (value) => chineseWords[value] ?? value.split(/,? /).join('、'),
  word: translateWord,
  reason: translateReason,
  words: (value) =>
    value
      .split(' ')
      .map((word) => chineseWords[word] ?? word)
      .join('或'),
  ids: (value) => value.split(' ').join('、'),
  and: (value) => value.split(', ').join(' 与 '),
  ranks: (value) => value.split(' ').join(' 或 '),
  axes: (value) =>
    value
      .split(' ')
      .map((rank) => chineseAxes[rank] ?? `${rank} 个轴`)
      .join(' 或 '),
  local,
  axis: (value) => (value === '0' ? '高度' : '宽度'),
  minus,
  guess: (value) => (value === '' ? '' : `是否应为“${value}”？`),
  spec: (_, values) => describeAccepted('zh', values),
}

const formats: Readonly<Record<TextLanguage, Formats>> = { en: english, zh: chinese }

/** `{name}`, `{name|format}` and `{name?one/many}`, which chooses by the number `name`. */
const gaps = /\{(\w+)(?:\|(\w+)|\?([^/}]*)\/([^}]*))?\}/g

/** `said` in one language with every gap filled, or undefined where a value is missing. */
export function fill(said: Text | string, language: TextLanguage, values: GapValues): string | undefined {
  let complete = true
  const sentence = typeof said === 'string' ? said : said[language]
  const filled = sentence.replace(gaps, (_, name: string, format?: Format, one?: string, many?: string) => {
    const value = values[name]
    // Problems of older runs have no guesses.
    if (format === 'guess' && value === undefined) return ''
    if (value === undefined || value === null) complete = false
    if (one !== undefined && many !== undefined) return value === 1 ? one : many
    const shown = typeof value === 'object' && value !== null ? value[language] : String(value)
    return format === undefined ? shown : formats[language][format](shown, values)
  })
  return complete ? filled : undefined
}

/** One of the few English words that can take the place of a value. */
export function translateWord(value: string): string {
  return chineseWords[value] ?? dataWords[value] ?? value
}

/** `not a text: .pdf` holds a reason and, behind the colon, what it is said of. */
function translateReason(value: string): string {
  const colon = value.indexOf(': ')
  const said = (part: string): string => dataReasons[part] ?? translateWord(part)
  return colon < 0 ? said(value) : `${said(value.slice(0, colon))}：${said(value.slice(colon + 2))}`
}

/** What a parameter accepts, in words. */
export function describeAccepted(language: TextLanguage, values: GapValues): string {
  return language === 'en' ? acceptedInEnglish(values) : acceptedInChinese(values)
}

function acceptedInEnglish({ type, min, max, above, below, whole, optional, words }: GapValues): string {
  const limits = englishLimits(min, max, above === true, below === true)
  const names = typeof words === 'string' ? words : ''
  const orNull = optional === true ? ' or null' : ''
  switch (type) {
    case 'integer':
      return `an integer${limits}`
    case 'real':
      return `a number${limits}`
    case 'flag':
      return 'true or false'
    case 'choice':
      return `one of ${names}`
    case 'pair':
      return `an integer${limits} or [height, width]${names && ` or ${names}`}${orNull}`
    case 'range':
      return `[low, high], two numbers${limits} with low not above high`
    case 'columns':
      return 'a list of column names, or null for all that fit'
    default:
      return `a list of ${whole === true ? 'integers' : 'numbers'}${limits}${orNull}`
  }
}

function englishLimits(min: GapValues[string], max: GapValues[string], above: boolean, below: boolean): string {
  if (typeof min === 'number' && above)
    return ` above ${min}${typeof max === 'number' ? ` and ${below ? 'below' : 'at most'} ${max}` : ''}`
  if (typeof min === 'number' && typeof max === 'number') return ` between ${min} and ${below ? 'below ' : ''}${max}`
  if (typeof min === 'number') return ` of at least ${min}`
  return typeof max === 'number' ? ` of at most ${max}` : ''
}

function acceptedInChinese({ type, min, max, above, below, whole, optional, words }: GapValues): string {
  const low = typeof min === 'number' ? `${above === true ? '大于' : '不小于'} ${min}` : ''
  const high = typeof max === 'number' ? `${below === true ? '小于' : '不大于'} ${max}` : ''
  const range = [low, high].filter(Boolean).join('、')
  const of = (what: string): string => (range === '' ? what : `${range} 的${what}`)
  const names = typeof words === 'string' && words !== '' ? chinese.list(words, {}) : ''
  switch (type) {
    case 'integer':
      return of('整数')
    case 'real':
      return of('数')
    case 'flag':
      return 'true 或 false'
    case 'choice':
      return `${names} 之一`
    case 'pair':
      return `${of('整数')}，或 [高, 宽]${names && `，或 ${names}`}${optional === true ? '，或 null' : ''}`
    case 'range':
      return `[下限, 上限]，${of('两个数')}，下限不大于上限`
    case 'columns':
      return '列名列表，或 null（表示所有适用的列）'
    default:
      return `${of(whole === true ? '整数' : '数')}组成的列表${optional === true ? '，或 null' : ''}`
  }
}
