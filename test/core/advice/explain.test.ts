/** The arithmetic behind a layer's figures, the receptive field, and suggestions. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { analyze, portsOf } from '#core/compiler/analyze'
import { explainLayer, type FigureKind } from '#core/advice/explain'
import { receptiveFields } from '#core/advice/receptiveField'
import { suggestionsFor } from '#core/advice/suggest'
import { applyCommand } from '#core/graph/apply'
import { expandBlocks } from '#core/graph/blocks'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import { graphOf } from '../graph/projects'
import { digits, digitsProject, soundLines, withBlock } from '../compiler/networks'

function figures(project: Project, id: string): Partial<Record<FigureKind, string>> {
  const explained = explainLayer(project.graph, analyze(project, [1, 28, 28], digits), id)
  return Object.fromEntries(explained!.figures.map(({ kind, arithmetic, value }) => [kind, `${arithmetic} = ${value}`]))
}

const template = (name: string): Project =>
  parseProject(readFileSync(`resources/projects/${name}.loom`, 'utf8')).project!

describe('the second convolution of the MNIST sample', () => {
  const project = template('mnist-cnn')

  test('is explained with its actual numbers', () => {
    expect(figures(project, 'conv2')).toEqual({
      'height-width': '⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14',
      parameters: '32·16·3·3 + 32 = 4640',
      macs: '14·14·32·16·3·3 = 903168',
      memory: '32·14·14·4 B = 25088',
      field: '4 + (3 − 1)·2 = 8 × 8',
    })
  })

  test('slides a window of 3 over 14 values padded to 16', () => {
    const { window } = explainLayer(project.graph, analyze(project, [1, 28, 28], digits), 'conv2')!
    expect(window).toEqual({ size: 14, before: 1, after: 1, kernel: 3, dilation: 1, stride: 1, out: 14 })
  })
})

describe('arithmetic agrees with the analysis', () => {
  const cases: [string, Partial<Record<FigureKind, string>>][] = [
    ['flatten', { features: '16·26·26 = 10816' }],
    ['fc', { parameters: '10·10816 + 10 = 108170', macs: '10·10816 = 108160', shape: 'N×10816 = N×10' }],
    ['relu1', { shape: 'N×16×26×26 = N×16×26×26', memory: '16·26·26·4 B = 43264' }],
  ]
  test.each(cases)('%s', (id, expected) => {
    expect(figures(digitsProject(soundLines), id)).toMatchObject(expected)
  })

  test('an even kernel with padding “same” pads one side more', () => {
    const project = digitsProject(soundLines, { conv1: { kernelSize: 4, padding: 'same' } })
    expect(figures(project, 'conv1')['height-width']).toBe('⌊(28 + 1 + 2 − 4) / 1⌋ + 1 = 28')
  })

  test('height and width are shown separately if they differ', () => {
    const project = digitsProject(soundLines, { conv1: { kernelSize: [3, 5], stride: [1, 2] } })
    expect(figures(project, 'conv1')).toMatchObject({
      height: '⌊(28 + 2·0 − 3) / 1⌋ + 1 = 26',
      width: '⌊(28 + 2·0 − 5) / 2⌋ + 1 = 12',
    })
  })

  test('every figure that is a product or a sum of integers evaluates to the value shown', () => {
    for (const name of ['mnist-mlp', 'mnist-cnn', 'resnet-tiny']) {
      const project = template(name)
      const report = analyze(project, [1, 28, 28], digits)
      for (const { id } of report.layers) {
        for (const { kind, arithmetic, value } of explainLayer(project.graph, report, id)!.figures) {
          if (!/^[\d·+ B]+$/.test(arithmetic) || typeof value !== 'number') continue
          const sum = arithmetic
            .replace(' B', '')
            .split(' + ')
            .reduce(
              (total, term) => total + term.split('·').reduce((product, factor) => product * Number(factor), 1),
              0,
            )
          expect(sum, `${id} ${kind}`).toBe(value)
        }
      }
    }
  })

  test('a layer after a broken shape is not explained', () => {
    const project = digitsProject(soundLines, { conv1: { kernelSize: 40 } })
    expect(explainLayer(project.graph, analyze(project, [1, 28, 28], digits), 'relu1')).toBeUndefined()
  })
})

describe('receptive fields', () => {
  const fieldsOf = (project: Project) => {
    const report = analyze(project, [1, 28, 28], digits)
    const shapes = new Map(report.layers.map(({ id, shape }) => [id, shape]))
    return receptiveFields(expandBlocks(project.graph), (id) => shapes.get(id))
  }

  /** The pixels that affect one value in the middle of the output, counted by changing one pixel at a time. */
  function countByHand(windows: readonly { k: number; s: number; d: number }[]): number {
    let [low, high] = [500, 500]
    for (const { k, s, d } of windows.toReversed()) [low, high] = [low * s, high * s + (k - 1) * d]
    return high - low + 1
  }

  test('grow with every window, including dilated and strided ones', () => {
    const fields = fieldsOf(
      digitsProject(
        [
          'input',
          'conv1:conv2d < input',
          'pool1:max-pool2d < conv1',
          'conv2:conv2d < pool1',
          'flatten < conv2',
          'fc:linear < flatten',
          'output < fc',
        ],
        { conv1: { kernelSize: 5, stride: 2, padding: 2 }, conv2: { kernelSize: 3, dilation: 2 } },
      ),
    )
    const windows = [
      { k: 5, s: 2, d: 1 },
      { k: 2, s: 2, d: 1 },
      { k: 3, s: 1, d: 2 },
    ]
    expect(fields.get('conv2')!.size).toEqual([countByHand(windows), countByHand(windows)])
    expect(fields.get('conv2')!.step).toEqual([4, 4])
    expect(fields.get('fc')!.size).toBe('all')
  })

  test('of a sum are that of its widest branch, and blocks count as often as they repeat', () => {
    const inner = graphOf('x:block-input', 'conv1:conv2d < x', 'out:block-output < conv1')
    const project = withBlock(
      digitsProject(['input', 'block1:block < input', 'flatten < block1', 'fc:linear < flatten', 'output < fc']),
      'block1',
      inner,
      3,
    )
    expect(fieldsOf(project).get('block1.2.conv1')!.size).toEqual([7, 7])
  })
})

describe('suggestions', () => {
  const suggest = (project: Project) =>
    suggestionsFor(project, analyze(project, [1, 28, 28], digits), digits, [1, 28, 28])

  test('name a Linear layer that has nearly all parameters, and what remains with pooling', () => {
    const [suggestion] = suggest(template('mnist-cnn'))
    expect(suggestion!.node).toBe('fc1')
    expect(suggestion!.message.en).toBe(
      'Holds 97 % of all parameters; with global pooling, 10,314 would remain in total.',
    )
    expect(suggestion!.arithmetic).toBe('1568 × 128 + 128 = 200,832 / 206,922')
    const after = applyCommand(template('mnist-cnn'), suggestion!.fix.command, portsOf)
    expect(analyze(after, [1, 28, 28], digits).totals.parameters).toBe(10314)
  })

  test('name a bias before batch normalization and turn it off', () => {
    const lines = ['input', 'conv1:conv2d < input', 'norm1:batch-norm2d < conv1', ...soundLines.slice(2)]
    const project = digitsProject(lines.map((line) => line.replace('relu1 < conv1', 'relu1 < norm1')))
    const found = suggest(project).find(({ node }) => node === 'conv1')!
    const after = applyCommand(project, found.fix.command, portsOf)
    expect(analyze(after, [1, 28, 28], digits).totals.parameters).toBe(
      analyze(project, [1, 28, 28], digits).totals.parameters - 16,
    )
    expect(suggest(after).some(({ node }) => node === 'conv1')).toBe(false)
  })

  test('name two Linear layers without an activation in between, but not two with one', () => {
    const twice = ['input', 'flatten < input', 'fc1:linear < flatten', 'fc:linear < fc1', 'output < fc']
    const project = digitsProject(twice)
    const [found] = suggest(project).filter(({ node }) => node === 'fc')
    expect(suggest(applyCommand(project, found!.fix.command, portsOf)).filter(({ node }) => node === 'fc')).toEqual([])
  })

  test.each([
    ['drop1:dropout', 'Dropout'],
    ['norm1:batch-norm1d', 'BatchNorm1d'],
  ])('look through %s between two Linear layers', (between) => {
    const [id] = between.split(':')
    const lines = [
      'input',
      'flatten < input',
      'fc1:linear < flatten',
      `${between} < fc1`,
      `fc:linear < ${id}`,
      'output < fc',
    ]
    const project = digitsProject(lines)
    const [found] = suggest(project).filter(({ node }) => node === 'fc')
    expect(found!.message.en).toBe('Follows fc1 without an activation in between, so the two act as one linear layer.')
    expect(found!.fix.label.en).toBe('Insert ReLU before fc')
    expect(suggest(applyCommand(project, found!.fix.command, portsOf)).filter(({ node }) => node === 'fc')).toEqual([])
  })

  test('name a convolution and a Linear layer after Flatten without an activation, but not after max-pooling', () => {
    const lines = ['input', 'conv1:conv2d < input', 'flatten < conv1', 'fc:linear < flatten', 'output < fc']
    const of = (project: Project) => suggest(project).filter(({ message }) => message.en.startsWith('Follows'))
    expect(of(digitsProject(lines)).map(({ node }) => node)).toEqual(['fc'])
    const pooled = lines.map((line) => line.replace('flatten < conv1', 'flatten < pool1'))
    expect(of(digitsProject([...pooled.slice(0, 2), 'pool1:max-pool2d < conv1', ...pooled.slice(2)]))).toEqual([])
  })

  test('name a Linear layer after an image, and put Flatten before it', () => {
    const lines = [
      'input',
      'fc1:linear < input',
      'relu1:relu < fc1',
      'flatten < relu1',
      'fc:linear < flatten',
      'output < fc',
    ]
    const project = digitsProject(lines)
    const [found] = suggest(project).filter(({ node }) => node === 'fc1')
    expect(found!.message.en).toBe(
      'Its input is an image, but it sees only one row of 28 pixels at a time; with Flatten before it, it sees the whole image.',
    )
    expect(found!.arithmetic).toBe('1 × 28 × 28 = 784')
    expect(found!.fix.label.en).toBe('Insert Flatten before fc1')
    const after = applyCommand(project, found!.fix.command, portsOf)
    expect(suggest(after).filter(({ node, message }) => node === 'fc1' && message.en.startsWith('Gets'))).toEqual([])
  })

  test('ignore a layer whose shape is a guess', () => {
    const project = digitsProject(['input', 'conv1:conv2d < input', 'conv2:conv2d < conv1', ...soundLines.slice(2)], {
      conv1: { kernelSize: 40 },
    })
    expect(suggest(project)).toEqual([])
  })
})
