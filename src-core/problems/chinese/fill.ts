/** Fills the gaps of sentences, and says in Chinese what a parameter accepts. */

export type Values = Readonly<Record<string, string | number | boolean | null | undefined>>

const axes: Readonly<Record<string, string>> = {
  2: 'N×特征',
  3: 'N×通道×长度',
  4: 'N×通道×高×宽',
}

const words: Readonly<Record<string, string>> = {
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
  'no inputs': '没有输入',
}

const list = (value: string): string => words[value] ?? value.split(/,? /).join('、')

const formats: Readonly<Record<string, (value: string, values: Values) => string>> = {
  list,
  word: (value) => words[value] ?? value,
  words: (value) =>
    value
      .split(' ')
      .map((word) => words[word] ?? word)
      .join('或'),
  ranks: (value) => value.split(' ').join(' 或 '),
  axes: (value) =>
    value
      .split(' ')
      .map((rank) => axes[rank] ?? `${rank} 个轴`)
      .join(' 或 '),
  axis: (value) => (value === '0' ? '高度' : '宽度'),
  minus: (value) => value.replace('-', '−'),
  spec: (_, values) => describeParam(values),
}

/** `text` with every gap filled, or undefined where a value is missing. */
export function fill(text: string, values: Values): string | undefined {
  let complete = true
  const filled = text.replace(/\{(\w+)(?:\|(\w+))?\}/g, (_, name: string, format?: string) => {
    const value = values[name]
    if (value === undefined || value === null) complete = false
    const shown = String(value)
    return format === undefined ? shown : (formats[format]?.(shown, values) ?? shown)
  })
  return complete ? filled : undefined
}

/** One of the few English words that stand where otherwise a value would. */
export function translateWord(value: string): string {
  return words[value] ?? value
}

/** What a parameter accepts; the same as `describeSpec`, from the values that `checkParams` puts into its problems. */
function describeParam({ type, min, max, below, whole, optional, words: allowed }: Values): string {
  const low = typeof min === 'number' ? `不小于 ${min}` : ''
  const high = typeof max === 'number' ? `${below === true ? '小于' : '不大于'} ${max}` : ''
  const range = [low, high].filter(Boolean).join('、')
  const of = (what: string): string => (range === '' ? what : `${range} 的${what}`)
  const names = typeof allowed === 'string' && allowed !== '' ? list(allowed) : ''
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
