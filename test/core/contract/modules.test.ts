/** The contract with PyTorch's modules themselves: layers have their names, and start with the statistics of their weights. */
import { describe, expect, it } from 'vitest'
import { initialWeights } from '#core/compiler/weights'
import { layers } from '#core/layers/index'
import type { LayerDefinition } from '#core/layers/layer'
import { standardTarget } from '#core/onnx/target'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { expectMoments } from '../../support/moments'
import { lowerLayer, type LoweredStart } from './lowerLayer'

const catalogue = layers as unknown as readonly LayerDefinition[]
/** As many draws as the golden statistics were made from. */
const SEEDS = 400

function draws(name: string, { shape, start }: LoweredStart): Float64Array {
  const size = shape.reduce((product, length) => product * length, 1)
  const values = new Float64Array(size * SEEDS)
  if (typeof start === 'number') return values.fill(start)
  const slice = { name, layer: 'layer', shape, offset: 0, size, trainable: true, start }
  for (let seed = 0; seed < SEEDS; seed++) values.set(initialWeights(slice, seed), seed * size)
  return values
}

function startsOf(layer: LayerDefinition, item: GoldenCase) {
  const inputs = item.fields.inputs as number[][]
  return lowerLayer(layer, item.params, inputs, { training: true, target: standardTarget }).starts
}

for (const layer of catalogue.filter(({ kind }) => goldenKinds('modules').includes(kind)))
  describe(layer.title, () => {
    it("is called like PyTorch's module", () => {
      expect(layer.title).toBe(goldenCases('modules', layer.kind)[0]!.fields.module)
    })

    for (const item of goldenCases('modules', layer.kind))
      it(`starts as PyTorch's does: ${item.name}`, () => {
        const starts = startsOf(layer, item)
        const expected = item.all()
        expect([...starts.keys()].sort()).toEqual(Object.keys(expected).sort())
        for (const [name, start] of starts) expectMoments(draws(name, start), expected[name]!.data as Float64Array)
      })
  })

/** Layers that PyTorch writes as functions, and the ends of a network. */
const withoutModule = ['input', 'output', 'add', 'concat', 'reshape']

it('every layer has a golden file of its PyTorch module, except those written as functions', () => {
  const golden = goldenKinds('modules')
  expect(
    catalogue
      .map(({ kind }) => kind)
      .filter((kind) => !golden.includes(kind))
      .sort(),
  ).toEqual(withoutModule.sort())
})

describe('a start with parameters', () => {
  it('draws with them, unless the user chose another initializer', () => {
    const start = { kind: 'constant', params: { value: 0.25 } }
    const slice = { name: 'act1.weight', layer: 'act1', shape: [3], offset: 0, size: 3, trainable: true, start }
    expect([...initialWeights(slice, 0)]).toEqual([0.25, 0.25, 0.25])
    expect([...initialWeights({ ...slice, chosen: { kind: 'ones' } }, 0)]).toEqual([1, 1, 1])
  })
})
