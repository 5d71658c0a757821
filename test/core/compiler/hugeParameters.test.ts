/** Sizes that no machine can handle: each is a problem at its place, never a crash, and none takes long to detect. */
import { describe, expect, it } from 'vitest'
import { analyze } from '#core/compiler/analyze'
import type { ParamValue } from '#core/graph/choice'
import { layers } from '#core/layers/index'
import type { LayerDefinition } from '#core/layers/layer'
import { digits, digitsProject, mails } from './networks'

const all: readonly LayerDefinition[] = layers
const catalogue = all.filter(({ kind }) => kind !== 'input' && kind !== 'output')
const HUGE = [2 ** 31, 2 ** 31 - 1, 2 ** 53, 65_536, 1_000_000, 1e300]

const withLayer = ({ kind, ports }: LayerDefinition, params: Record<string, ParamValue>) =>
  digitsProject(
    [
      'input',
      `x:${kind} < input${ports === 'variadic' ? ' input' : ''}`,
      'flatten < x',
      'fc:linear < flatten',
      'output < fc',
    ],
    { x: params },
  )

describe.each(catalogue.map((layer) => [layer.title, layer] as const))('%s', (_, layer) => {
  it('has a finite report or a problem for any number in any parameter', () => {
    const isTexts = layer.category === 'embedding'
    for (const [name, spec] of Object.entries(layer.params))
      for (const value of HUGE) {
        const given = spec.type === 'list' ? [value] : spec.type === 'range' ? [0, value] : value
        const project = withLayer(layer, { [name]: given })
        const { problems, totals } = analyze(project, isTexts ? [200] : [1, 28, 28], isTexts ? mails : digits)
        const isWrong = problems.some(({ severity }) => severity === 'error')
        for (const total of Object.values(totals)) expect(isWrong || Number.isSafeInteger(total), name).toBe(true)
      }
  })
})

const problemsOf = (kind: string, params: Record<string, ParamValue>) =>
  analyze(
    withLayer(
      catalogue.find((layer) => layer.kind === kind)!,
      params,
    ),
    [1, 28, 28],
    digits,
  ).problems

describe('a huge parameter', () => {
  it.each(['conv2d', 'max-pool2d', 'avg-pool2d'])('is reported in %s: padding 2³¹', (kind) => {
    expect(problemsOf(kind, { padding: 2 ** 31 })).toMatchObject([
      {
        code: 'node-param',
        place: { node: 'x', param: 'padding' },
        expected: expect.stringMatching(/^an integer between 0 and 65536/) as string,
        received: '2147483648',
      },
    ])
  })

  it('is reported if each is allowed, but their combined tensor is too large', () => {
    expect(problemsOf('conv2d', { padding: 40_000 })).toMatchObject([
      { code: 'shape-too-large', place: { node: 'x' }, expected: 'at most 2147483647 numbers' },
    ])
    expect(problemsOf('adaptive-avg-pool2d', { outputSize: 50_000 })).toMatchObject([
      { code: 'shape-too-large', place: { node: 'x' }, received: '2500000000' },
    ])
    expect(problemsOf('conv2d', { padding: 40_000, kernelSize: 60_000, outChannels: 1 })[0]!.code).toBe(
      'shape-too-large',
    )
  })

  it('is reported if it exceeds the range of float32', () => {
    expect(problemsOf('leaky-relu', { negativeSlope: 1e39 })).toMatchObject([
      { code: 'node-param', place: { node: 'x', param: 'negativeSlope' } },
    ])
  })
})
