/** Broken networks: each is detected at the right place, and every suggested fix works and breaks nothing else. */
import { describe, expect, test } from 'vitest'
import { analyze, portsOf } from '#core/compiler/analyze'
import { fixesFor, problemKey } from '#core/advice/fixes'
import { applyCommand } from '#core/graph/apply'
import { brokenGraphs, dataOf } from './broken'
import { layers } from '#core/layers/index'
import { translateProblem } from '#core/problems/translate'
import { digits, digitsProject, soundLines, withInitializer } from '../compiler/networks'

/** Parameter names in the file that are not words of any language, such as `kernelSize`. */
const keys = new Set(layers.flatMap(({ params }) => Object.keys(params)).filter((key) => /[a-z][A-Z]/.test(key)))

test('the sound network that most broken ones are derived from has no problems', () => {
  expect(analyze(digitsProject(soundLines), [1, 28, 28], digits).problems).toEqual([])
})

describe.each(brokenGraphs.map((broken) => [broken.name, broken] as const))('%s', (_, broken) => {
  const { project, code, node, fix } = broken
  const { facts, sample } = dataOf(broken)
  const report = analyze(project, sample, facts)
  const problem = report.problems.find((found) => found.code === code && (found.place.node ?? null) === node)

  test(`is ${code}${node === null ? '' : ` at ${node}`}`, () => {
    const found = report.problems.map((other) => `${other.code} ${other.place.node ?? ''}`)
    expect(problem, found.join('; ')).toBeDefined()
    expect(problem!.message).toMatch(/\.$/)
    expect(problem!.fix).toMatch(/\.$/)
  })

  test('refers to parameters by their titles, in both languages', () => {
    // An unknown field of the file can only be referred to by its name there.
    if (problem!.data?.case === 'unknown') return
    const fixes = fixesFor(problem!, project, report, facts, sample)
    const translated = translateProblem(problem!, 'zh-CN')
    const said = [problem!, translated].flatMap(({ message, expected = '', fix }) => [message, expected, fix])
    const words = [...said, ...fixes.flatMap(({ label }) => [label.en, label.zh])].join(' ').match(/[A-Za-z]+/g)
    expect(words!.filter((word) => keys.has(word))).toEqual([])
  })

  test(fix === null ? 'offers no repair' : `is repaired by “${fix}”`, () => {
    const fixes = fixesFor(problem!, project, report, facts, sample)
    expect(fixes.map(({ label }) => label.en)[0] ?? null).toBe(fix)
  })

  test('every suggested fix works and adds no error', () => {
    const before = new Set(report.problems.map(problemKey))
    for (const { label, command } of fixesFor(problem!, project, report, facts, sample)) {
      const after = analyze(applyCommand(project, command, portsOf), sample, facts).problems
      expect(after.map(problemKey), label.en).not.toContain(problemKey(problem!))
      const added = after.filter((other) => other.severity === 'error' && !before.has(problemKey(other)))
      expect(added, label.en).toEqual([])
      expect(label.zh, label.en).toMatch(/\p{Script=Han}/u)
    }
  })
})

test('a fix that only uncovers what a broken shape had hidden is suggested if there is no better one', () => {
  const project = digitsProject(
    ['input', 'conv1:conv2d < input', 'conv2:conv2d < conv1', 'flatten < conv2', 'fc:linear < flatten', 'output < fc'],
    { conv1: { kernelSize: 40 }, conv2: { groups: 3 } },
  )
  const report = analyze(project, [1, 28, 28], digits)
  expect(report.problems.map(({ code }) => code)).toEqual(['shape-kernel-too-large'])
  const [fix] = fixesFor(report.problems[0]!, project, report, digits, [1, 28, 28])
  const after = analyze(applyCommand(project, fix!.command, portsOf), [1, 28, 28], digits).problems
  expect(after.map(({ code, place }) => `${code} ${place.node}`)).toEqual(['shape-groups conv2'])
})

test('new layers go between the ones they connect, and the layers below make room', () => {
  const project = digitsProject(['input', 'conv1:conv2d < input', 'output < conv1'])
  const report = analyze(project, [1, 28, 28], digits)
  const problem = report.problems.find(({ code }) => code === 'shape-rank')!
  const [fix] = fixesFor(problem, project, report, digits, [1, 28, 28])
  const fixed = applyCommand(project, fix!.command, portsOf).graph.nodes
  const height = (id: string): number => fixed.find((node) => node.id === id)!.position[1]
  expect(height('conv1')).toBeLessThan(height('flatten1'))
  expect(height('flatten1')).toBeLessThan(height('linear1'))
  expect(height('linear1')).toBeLessThan(height('output'))
})

test('a fix that only replaces one error of a layer with another is not suggested', () => {
  const lines = [
    'input',
    'conv1:conv2d < input',
    'conv2:conv2d < conv1',
    'flatten < conv2',
    'fc:linear < flatten',
    'output < fc',
  ]
  const project = digitsProject(lines, { conv1: { kernelSize: 40, stride: [1, 2] }, conv2: { groups: 3 } })
  const report = analyze(project, [1, 28, 28], digits)
  const labels = fixesFor(report.problems[0]!, project, report, digits, [1, 28, 28]).map(({ label }) => label.en)
  expect(labels).toEqual(['Set kernel of conv1 to 28', 'Set padding of conv1 to 6'])
})

test('an initializer of a layer that cannot be computed yet is not reported', () => {
  const project = withInitializer(digitsProject(soundLines, { conv1: { kernelSize: 40 } }), 'conv1', 'weight', {
    kind: 'zeros',
  })
  expect(analyze(project, [1, 28, 28], digits).problems.map(({ code }) => code)).toEqual(['shape-kernel-too-large'])
})
