/** The table of sentences: both languages say the same of the same values, and nothing else words a problem. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { text, type Text } from '#core/base/text'
import { checkParams, integer } from '#core/params/params'
import { problemCodes, type ProblemCode } from '#core/problems/codes'
import { fill } from '#core/problems/fill'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { dataSentences } from '#core/problems/sentences/data'
import { archiveCases } from '#core/problems/sentences/dataArchives'
import { downloadCases } from '#core/problems/sentences/dataDownloads'
import { fileCases } from '#core/problems/sentences/dataFiles'
import { folderCases } from '#core/problems/sentences/dataFolders'
import { imageCases } from '#core/problems/sentences/dataImages'
import { modelDataCases } from '#core/problems/sentences/dataModels'
import { parquetCases } from '#core/problems/sentences/dataParquet'
import { sampleCases } from '#core/problems/sentences/dataSamples'
import { sourceCases } from '#core/problems/sentences/dataSources'
import { tableCases } from '#core/problems/sentences/dataTables'
import { textCases } from '#core/problems/sentences/dataTexts'
import type { CasesByCode, CodeSentences, Said } from '#core/problems/sentences/form'
import { sentences, type CasePlace, type CaseValues } from '#core/problems/sentences/index'
import { translateProblem } from '#core/problems/translate'
import { makeProblem, wordProblem } from '#core/problems/wording'

const codes = Object.entries<CodeSentences>(sentences)

const rows = codes.flatMap(([code, { cases }]) =>
  Object.entries(cases).flatMap(([problemCase, { message, expected, received, fix }]) =>
    Object.entries({ message, expected, received, fix }).flatMap(([part, said]): [string, Said][] =>
      said === undefined ? [] : [[`${code}, ${problemCase}: ${part}`, said]],
    ),
  ),
)

const namesIn = (sentence: string): string[] => [
  ...new Set(Array.from(sentence.matchAll(/\{(\w+)[^}]*\}/g), ([, name = '']) => name).sort()),
]

describe.each(rows)('%s', (_, said) => {
  test('is in both languages, with the same gaps', () => {
    if (typeof said === 'string') {
      expect(said.replaceAll(/\{[^}]*\}/g, ''), 'words outside the gaps').not.toMatch(/[a-z]{2}|\p{Script=Han}/iu)
      return
    }
    expect(said.en).not.toMatch(/\p{Script=Han}/u)
    expect(said.zh).not.toMatch(/[请您]/)
    expect(namesIn(said.zh)).toEqual(namesIn(said.en))
  })
})

test.each(codes)('%s has sentences for problems without values', (_, { cases, otherwise }) => {
  const { message, fix } = otherwise ?? cases['any']!
  for (const said of [message, fix]) expect(fill(said, 'zh', {})).toMatch(/^[^{}]*\p{Script=Han}[^{}]*。$/u)
})

test('a case needs the values of its gaps, and the place that it names', () => {
  type Shown = string | number | Text
  expectTypeOf<CaseValues<'node-param', 'same-stride'>>().toEqualTypeOf<{
    readonly stride: Shown
    readonly half: Shown
  }>()
  expectTypeOf<CasePlace<'node-param', 'same-stride'>>().toEqualTypeOf<'node'>()
  expectTypeOf<CasePlace<'shape-input', 'unknown'>>().toEqualTypeOf<never>()
  expectTypeOf<keyof CaseValues<'node-param', 'value'>>().toEqualTypeOf<
    | 'owner'
    | 'title'
    | 'default'
    | 'received'
    | 'type'
    | 'min'
    | 'max'
    | 'above'
    | 'below'
    | 'whole'
    | 'optional'
    | 'words'
  >()
})

test('a problem is worded in English and carries what its translation needs', () => {
  const problem = makeProblem(
    'node-param',
    'same-stride',
    { stride: '2×2', half: 1 },
    { node: 'a.0.conv', param: 'padding' },
  )
  expect(problem).toEqual({
    code: 'node-param',
    severity: 'error',
    place: { node: 'a.0.conv', param: 'padding' },
    message: 'a.0.conv asks for padding “same” with stride 2×2; it is defined for stride 1 only.',
    expected: 'stride 1, or padding as a number',
    received: 'stride 2×2',
    fix: 'Set padding to 1 or stride to 1.',
    data: { case: 'same-stride', stride: '2×2', half: 1 },
  })
  expect(translateProblem(problem, 'zh-CN')).toMatchObject({
    message: 'a.0.conv 的填充为“same”，步长却为 2×2；“same”只对步长 1 有定义。',
    received: '步长 2×2',
    data: problem.data,
  })
})

test('a value that is a text is kept in Chinese, for the translation', () => {
  const { problems } = checkParams(
    { size: integer(text('Size', '尺寸'), { default: 1, min: 1, doc: text('Size.', '尺寸。') }) },
    { size: 0 },
    'crop',
    { param: 'steps' },
  )
  expect(problems.map(({ message }) => message)).toEqual(['“Size” of crop must be an integer of at least 1.'])
  expect(problems.map((problem) => translateProblem(problem, 'zh-CN').message)).toEqual([
    'crop 的“尺寸”须为不小于 1 的整数。',
  ])
})

test('a problem of an older run, without a case, keeps its English and gets the Chinese of its code', () => {
  const older: Problem = {
    code: 'run-busy',
    severity: 'error',
    place: {},
    message: 'Another run is in progress.',
    fix: 'Wait for it.',
  }
  expect(translateProblem(older, 'en')).toBe(older)
  expect(translateProblem(older, 'zh-CN')).toMatchObject({
    message: '另一次训练正在进行。',
    fix: '等它结束，或先将其停止。',
  })
})

test('fail throws the problem that the table words', () => {
  const raise = (): never => fail('shape-input', 'unknown')
  expect(raise).toThrow(ProblemError)
  expect(raise).toThrow('The shape of the samples is not known.')
})

test('values that are texts show in the language of the sentence', () => {
  expect(fill({ en: '“{title}”', zh: '「{title}」' }, 'en', { title: { en: 'Padding', zh: '填充' } })).toBe('“Padding”')
  expect(fill({ en: '“{title}”', zh: '「{title}」' }, 'zh', { title: { en: 'Padding', zh: '填充' } })).toBe('「填充」')
})

test.each([
  ['{count} {count?row/rows}', 1, '1 row'],
  ['{count} {count?row/rows}', 2, '2 rows'],
])('%s with %d is “%s”', (said, count, shown) => {
  expect(fill(said, 'en', { count })).toBe(shown)
})

test.each([
  ['hidden', '隐藏文件'],
  ['not a text: .pdf', '不是文本：.pdf'],
  ['not an image: no extension', '不是图像：没有扩展名'],
  ['its class is not in the training folder: dog', '其类别不在训练文件夹中：dog'],
])('the reason “%s” is “%s” in Chinese', (reason, shown) => {
  expect(fill('{reason|reason}', 'en', { reason })).toBe(reason)
  expect(fill('{reason|reason}', 'zh', { reason })).toBe(shown)
})

/** Codes of data join the cases of these areas. */
const areas: readonly CasesByCode[] = [
  archiveCases,
  downloadCases,
  fileCases,
  folderCases,
  imageCases,
  modelDataCases,
  parquetCases,
  sampleCases,
  sourceCases,
  tableCases,
  textCases,
]

test.each(Object.keys(dataSentences) as ProblemCode[])('no two areas of %s name a case alike', (code) => {
  const cases = areas.flatMap((area) => Object.keys(area[code] ?? {}))
  expect(cases).toEqual([...new Set(cases)])
})

test('a missing value is a defect', () => {
  expect(() => wordProblem('node-param', 'same-stride', { stride: 2 }, { node: 'conv' })).toThrow(/internal/)
})

/** Files whose problems have no sentences: they only say where a fix is wanted. */
const unworded = ['src-core/advice/suggest.ts']

test.each(['src-core', 'src-main', 'src-renderer'])('%s words no problem inline', (side) => {
  const sources = readdirSync(side, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/.test(file))
    .map((file) => `${side}/${file}`)
    .filter((file) => !file.startsWith('src-core/problems/'))
  const inline = sources.filter((file) => {
    const codes = [...readFileSync(file, 'utf8').matchAll(/\bcode: '([a-z-]+)',/g)]
    return codes.some(([, code]) => Object.hasOwn(problemCodes, code!))
  })
  expect(sources).not.toEqual([])
  expect(inline.filter((file) => !unworded.includes(file))).toEqual([])
})
