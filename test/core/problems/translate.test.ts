/** Problems in Chinese: every code has sentences, and those of broken networks are filled from real problems. */
import { describe, expect, test } from 'vitest'
import { analyze, portsOf } from '#core/compiler/analyze'
import { tryCommand } from '#core/graph/apply'
import type { Command } from '#core/graph/commands'
import { problemCodes, type ProblemCode } from '#core/problems/codes'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { brokenGraphs, dataOf } from '../advice/broken'
import { digitsProject, soundLines } from '../compiler/networks'

/** The parts of a Chinese sentence that may be Latin: names, numbers, shapes and quoted values. */
function englishIn(sentence: string): string[] {
  const english = /\b(the|is|of|an?|to|and|or|not|has|no|must|be|at|least|most|input|inputs|layer|layers|edge|edges)\b/g
  const quoted = /“[^”]*”|[\w.]+ \([\w]+\)/g
  const names = /\b(input|output)\b(?=[ 、，。；：]|$)/g
  return sentence.replaceAll(quoted, '').replaceAll(names, '').match(english) ?? []
}

function expectChinese(problem: Problem): void {
  const chinese = translateProblem(problem, 'zh-CN')
  for (const sentence of [chinese.message, chinese.fix]) {
    expect(sentence).toMatch(/\p{Script=Han}/u)
    expect(sentence).toMatch(/[。]$/)
    expect(sentence).not.toMatch(/[{}]|undefined|\bnull\b(?! 以|。)/)
    expect(englishIn(sentence), sentence).toEqual([])
    expect(sentence).not.toMatch(/[请您]/)
  }
  expect(chinese.expected ?? '').not.toMatch(/[{}]|undefined/)
  expect(chinese.received ?? '').not.toMatch(/[{}]|undefined|^(none|nothing|neither)$/)
  expect({ ...chinese, message: '', fix: '', expected: '', received: '' }).toEqual({
    ...problem,
    message: '',
    fix: '',
    expected: '',
    received: '',
  })
}

describe.each(brokenGraphs.map((broken) => [broken.name, broken] as const))('%s', (_, broken) => {
  const { facts, sample } = dataOf(broken)
  const { problems } = analyze(broken.project, sample, facts)

  test('every problem has a specific sentence in Chinese', () => {
    for (const problem of problems) expectChinese(problem)
  })

  test('English is unchanged', () => {
    for (const problem of problems) expect(translateProblem(problem, 'en')).toBe(problem)
  })
})

test.each(Object.keys(problemCodes) as ProblemCode[])(
  '%s has a sentence in Chinese for each of its problems',
  (code) => {
    const problem: Problem = { code, severity: 'error', place: {}, message: 'What is wrong.', fix: 'What to do.' }
    const { message, fix } = translateProblem(problem, 'zh-CN')
    expect(message).toMatch(/^[^{}]*\p{Script=Han}[^{}]*。$/u)
    expect(fix).toMatch(/^[^{}]*\p{Script=Han}[^{}]*。$/u)
  },
)

const refused: readonly (readonly [string, Command])[] = [
  ['a connection that would make a cycle', { type: 'edge.connect', from: 'relu1', to: 'conv1' }],
  ['a connection of a layer to itself', { type: 'edge.connect', from: 'conv1', to: 'conv1' }],
  ['a connection out of the Output', { type: 'edge.connect', from: 'output', to: 'conv1' }],
  ['a connection into the Input', { type: 'edge.connect', from: 'fc', to: 'input' }],
  ['a connection from a layer that is not there', { type: 'edge.connect', from: 'ghost', to: 'conv1' }],
  ['a connection to a port that is not there', { type: 'edge.connect', from: 'conv1', to: 'flatten', port: 'q' }],
  ['cutting an edge that is not there', { type: 'edge.disconnect', edges: [{ from: 'fc', to: 'conv1', port: 'x' }] }],
  ['a name that is taken', { type: 'node.rename', id: 'conv1', to: 'relu1' }],
  ['a name that starts with a digit', { type: 'node.rename', id: 'conv1', to: '1st' }],
  ['removing a layer that is not there', { type: 'node.remove', ids: ['ghost'] }],
  ['repeating what is no block', { type: 'block.setRepeat', id: 'conv1', repeat: 2 }],
  ['grouping nothing', { type: 'block.group', ids: [] }],
  ['grouping the Input', { type: 'block.group', ids: ['input', 'conv1'] }],
  ['grouping around a layer', { type: 'block.group', ids: ['conv1', 'flatten'] }],
  ['a block input outside a block', { type: 'node.add', kind: 'block-input', position: [0, 0] }],
]

test.each(refused)('the rejection by %s is translated to Chinese', (_, command) => {
  const outcome = tryCommand(digitsProject(soundLines), command, portsOf)
  if (!('problems' in outcome)) throw new Error('was not refused')
  for (const problem of outcome.problems) {
    expectChinese(problem)
    const general = translateProblem({ ...problem, data: {} }, 'zh-CN')
    expect(translateProblem(problem, 'zh-CN').message).not.toBe(general.message)
  }
})

test('a problem without the values its sentence needs gets the generic sentence of its code', () => {
  const problem: Problem = {
    code: 'shape-rank',
    severity: 'error',
    place: { node: 'conv1' },
    message: 'Conv2d takes 4 axes.',
    fix: 'Connect it.',
    data: { case: 'flatten' },
  }
  expect(translateProblem(problem, 'zh-CN').message).toBe('输入的轴数不对。')
})
