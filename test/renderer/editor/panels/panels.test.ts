/** The panels' logic, independent of rendering: typed lists, stored values, moving layers, the summary as text. */
import { describe, expect, test } from 'vitest'
import { analyze, portsOf } from '#core/compiler/analyze'
import { applyCommand } from '#core/graph/apply'
import { conv2d } from '#core/layers/kinds/conv2d'
import { digits, digitsProject, soundLines, withBlock, withNode } from '../../../core/compiler/networks'
import { graphOf } from '../../../core/graph/projects'
import { outlineItems, reorderCommand } from '../../../../src-renderer/editor/panels/outlineItems'
import { parseList, storedValue } from '../../../../src-renderer/params/paramValue'
import { summaryRows, plainTable } from '../../../../src-renderer/editor/panels/summaryRows'

describe('a typed list', () => {
  test.each([
    ['1, 28, 28', [1, 28, 28]],
    ['[1, 28, 28]', [1, 28, 28]],
    ['1×28×28', [1, 28, 28]],
    ['32 7 7', [32, 7, 7]],
    ['−1', [-1]],
    ['0.5, 2', null],
    ['28,,', [28]],
    ['', null],
    ['a, b', null],
  ])('%j is %j', (text, expected) => {
    expect(parseList(text, true)).toEqual(expected)
  })

  test('accepts fractions if they are allowed', () => {
    expect(parseList('0.5, 2', false)).toEqual([0.5, 2])
  })
})

test('a value that is the default is not stored', () => {
  expect(storedValue(conv2d.params.kernelSize, 3)).toBeUndefined()
  expect(storedValue(conv2d.params.kernelSize, [3, 5])).toEqual([3, 5])
  expect(storedValue(conv2d.params.bias, true)).toBeUndefined()
})

describe('moving a layer', () => {
  const project = digitsProject(soundLines)

  test('up and down again returns it to its place', () => {
    const up = applyCommand(project, reorderCommand(project.graph, [], 'relu1', 'up')!, portsOf)
    expect(up.graph.edges).toContainEqual({ from: 'relu1', to: 'conv1', port: 'x' })
    expect(analyze(up, [1, 28, 28], digits).problems).toEqual([])
    const down = applyCommand(up, reorderCommand(up.graph, [], 'relu1', 'down')!, portsOf)
    const text = (edges: typeof down.graph.edges) => edges.map(({ from, to, port }) => `${from} ${to} ${port}`).sort()
    expect(text(down.graph.edges)).toEqual(text(project.graph.edges))
    expect(down.graph.nodes).toEqual(project.graph.nodes)
  })

  test('is impossible at the ends and where paths branch', () => {
    expect(reorderCommand(project.graph, [], 'conv1', 'up')).toBeUndefined()
    expect(reorderCommand(project.graph, [], 'fc', 'down')).toBeUndefined()
    const branched = graphOf(
      'input',
      'conv1:conv2d < input',
      'relu1 < conv1',
      'add1 < a=relu1 b=conv1',
      'output < add1',
    )
    expect(reorderCommand(branched, [], 'relu1', 'up')).toBeUndefined()
    expect(reorderCommand(branched, [], 'add1', 'up')).toBeUndefined()
  })
})

test('the outline lists layers in the order of computation, regardless of their order in the file, including cycles', () => {
  const ids = (lines: string[]) => outlineItems(graphOf(...lines), new Set()).map(({ node }) => node.id)
  expect(ids(['output < relu1', 'relu1 < input', 'input'])).toEqual(['input', 'relu1', 'output'])
  expect(ids(['input', 'relu1 < relu2', 'relu2 < relu1', 'output < input'])).toEqual([
    'input',
    'output',
    'relu1',
    'relu2',
  ])
})

describe('the summary', () => {
  const inner = graphOf('x:block-input', 'conv1:conv2d < x', 'out:block-output < conv1')
  const blockLines = ['input', 'block1:block < input', 'flatten < block1', 'fc:linear < flatten', 'output < fc']
  const project = withNode(withBlock(digitsProject(blockLines), 'block1', inner, 2), 'block1', { trainable: false })
  const report = analyze(project, [1, 28, 28], digits)
  const rows = summaryRows({ graph: project.graph, report, batchSize: 4, titleOf: (kind) => kind, language: 'en' })

  test('has every copy of a block, frozen by its outer block, with the memory of one batch', () => {
    expect(rows.map(({ id }) => id)).toEqual(['input', 'block1.0.conv1', 'block1.1.conv1', 'flatten', 'fc', 'output'])
    const [, first] = rows
    expect(first).toMatchObject({
      trainable: true,
      frozenAround: true,
      weights: '16×1×3×3, 16',
      memory: 4 * 16 * 26 * 26 * 4,
    })
    expect(rows.reduce((sum, row) => sum + row.parameters, 0)).toBe(report.totals.parameters)
  })

  test('aligns as text, also in Chinese', () => {
    const text = plainTable(
      ['层', 'Kind'],
      [
        ['conv1', 'Conv2d'],
        ['fc', 'Linear'],
      ],
      [{ name: '参数量', value: '10' }],
    )
    expect(text).toBe(
      ['层     Kind', '─────────────', 'conv1  Conv2d', 'fc     Linear', '─────────────', '参数量  10', ''].join('\n'),
    )
  })
})
