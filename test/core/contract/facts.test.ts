/** The contract of what layers say of themselves: where values come from, width, linearity, ranks, against the real graph. */
import { describe, expect, it } from 'vitest'
import { layerForRank, layers } from '#core/layers/index'
import type { LayerDefinition, Spatial } from '#core/layers/layer'
import type { SlidingWindow } from '#core/layers/window'
import { standardTarget } from '#core/onnx/target'
import { checkParams, defaultValues } from '#core/params/params'
import { ProblemError } from '#core/problems/problem'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { hashedNumbers } from '../../support/hashedNumbers'
import { array64, fromTensor, type Array64 } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { forwardOf, lowerLayer } from './lowerLayer'

const catalogue = layers as unknown as readonly LayerDefinition[]
/** Enough for every rule; larger cases only take longer. */
const LARGEST = 400

const paramsOf = (layer: LayerDefinition, item: GoldenCase) =>
  checkParams(layer.params, item.params, 'layer', {}).values
const inputsOf = (item: GoldenCase): Array64[] => Object.values(item.group('input')).map(fromTensor)
const isSmall = (item: GoldenCase): boolean => inputsOf(item).reduce((sum, { data }) => sum + data.length, 0) <= LARGEST

/** Cases on numbers; token ids are no places that a value could move along. */
function casesOf({ kind }: LayerDefinition): GoldenCase[] {
  if (!goldenKinds('layers').includes(kind)) return []
  return goldenCases('layers', kind).filter((item) => Object.keys(item.group('dinput')).length > 0 && isSmall(item))
}

function run(layer: LayerDefinition, item: GoldenCase, inputs: readonly Array64[], training = false): Array64 {
  const shapes = inputs.map(({ shape }) => shape)
  const graph = forwardOf(lowerLayer(layer, item.params, shapes, { training, target: standardTarget }))
  const weights = Object.entries(item.group('weight')).map(([name, value]) => [`weight/${name}`, fromTensor(value)])
  const given = inputs.map((input, i) => [`input/${i}`, input])
  return interpret(graph, Object.fromEntries([...weights, ...given]) as Record<string, Array64>).y!
}

const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)
/** Pixels of an image, steps of a sequence; every feature of a vector is a place of its own. */
const placesOf = (shape: readonly number[]): number => elements(shape.slice(shape.length > 2 ? 2 : 1))

/** For every value of one output sample the places of every input that it depends on. */
function influences(
  layer: LayerDefinition,
  item: GoldenCase,
): { readonly from: Set<number>[][]; readonly to: readonly number[] } {
  const bases = inputsOf(item).map(({ shape, data }) => ({
    shape: shape.slice(1),
    data: data.slice(0, elements(shape.slice(1))),
  }))
  const moves = bases.flatMap(({ shape }, input) =>
    Array.from({ length: placesOf([1, ...shape]) }, (_, place) => ({ input, place })),
  )
  // The first sample is the input as it is; each other one has one place moved, in all channels.
  const inputs = bases.map(({ shape, data }, input) => {
    const places = placesOf([1, ...shape])
    const samples = [undefined, ...moves].flatMap((move) =>
      Array.from(data, (value, at) => {
        if (move?.input !== input || at % places !== move.place) return value
        return value + 100 + 10 * Math.floor(at / places)
      }),
    )
    return array64('float32', [moves.length + 1, ...shape], Float64Array.from(samples))
  })
  const { shape, data } = run(layer, item, inputs)
  const size = elements(shape.slice(1))
  const from = Array.from({ length: size }, (_, at) =>
    bases.map((_, input) => {
      const felt = moves.filter((move, row) => move.input === input && data[(row + 1) * size + at] !== data[at])
      return new Set(felt.map(({ place }) => place))
    }),
  )
  return { from, to: shape }
}

/** Whether every value depends on one place of every input, and where images stay images on its own. */
function isPointwise(layer: LayerDefinition, item: GoldenCase): boolean {
  const { from, to } = influences(layer, item)
  const [{ shape }] = inputsOf(item) as [Array64]
  const isImage = shape.length > 2 && to.length === shape.length && layer.combines !== 'along-axis'
  if (isImage && shape.slice(2).join() !== to.slice(2).join()) return false
  const places = placesOf(to)
  return from.every((sources, at) => {
    const all = sources.flatMap((places) => [...places])
    return sources.every(({ size }) => size <= 1) && all.length > 0 && (!isImage || all.every((p) => p === at % places))
  })
}

const isGlobal = (layer: LayerDefinition, item: GoldenCase): boolean => {
  const places = inputsOf(item).map(({ shape }) => placesOf(shape))
  return influences(layer, item).from.every((sources) => sources.every(({ size }, input) => size === places[input]))
}

/** Pixels under window `at` along an axis of `size` pixels. */
function taps({ kernel, stride, dilation, before }: SlidingWindow, axis: 0 | 1, at: number, size: number): number[] {
  const all = Array.from({ length: kernel[axis] }, (_, tap) => at * stride[axis] - before[axis] + tap * dilation[axis])
  return all.filter((pixel) => pixel >= 0 && pixel < size)
}

function expectWindow(layer: LayerDefinition, item: GoldenCase): void {
  const window = layer.window!(paramsOf(layer, item))
  const { from, to } = influences(layer, item)
  const [height, width] = inputsOf(item)[0]!.shape.slice(2) as [number, number]
  const [rows, columns] = to.slice(2) as [number, number]
  from.forEach(([places], at) => {
    const [row, column] = [Math.floor((at % (rows * columns)) / columns), at % columns]
    const under = taps(window, 0, row, height).flatMap((y) => taps(window, 1, column, width).map((x) => y * width + x))
    expect(
      [...places!].sort((a, b) => a - b),
      `${item.name}: output ${row}, ${column}`,
    ).toEqual(under)
  })
}

function spatialOf(layer: LayerDefinition, item: GoldenCase): Spatial {
  return typeof layer.spatial === 'function' ? layer.spatial(item.get('evaluation').shape) : layer.spatial
}

/** `x` with other numbers, in the order of `seed`. */
const numbersLike = ({ shape }: Array64, seed: string): Array64 =>
  array64('float32', shape, Float64Array.from(hashedNumbers(seed, elements(shape), 2)))

const combined = (arrays: readonly Array64[], term: (...values: number[]) => number): Array64 => {
  const [{ shape, data }] = arrays as [Array64]
  return array64(
    'float32',
    shape,
    Float64Array.from(data, (_, at) => term(...arrays.map((each) => each.data[at]!))),
  )
}

const isClose = (a: Array64, b: Array64): boolean =>
  a.data.every((value, at) => Math.abs(value - b.data[at]!) <= 1e-6 * Math.max(1, Math.abs(value)))

/** Whether f(a + b − c) = f(a) + f(b) − f(c). */
function isLinear(layer: LayerDefinition, item: GoldenCase): boolean {
  const inputs = ['a', 'b', 'c'].map((seed) => inputsOf(item).map((x, i) => numbersLike(x, `${seed} ${i}`)))
  const sum = (a: number, b: number, c: number) => a + b - c
  const joined = inputs[0]!.map((_, i) =>
    combined(
      inputs.map((each) => each[i]!),
      sum,
    ),
  )
  const outputs = inputs.map((each) => run(layer, item, each))
  return isClose(run(layer, item, joined), combined(outputs, sum))
}

/** Whether a constant for every channel, added before, is gone after a training step. */
function isCentered(layer: LayerDefinition, item: GoldenCase): boolean {
  const inputs = inputsOf(item)
  const moved = inputs.map((x) => {
    const inner = elements(x.shape.slice(2))
    return array64(
      'float32',
      x.shape,
      Float64Array.from(x.data, (value, at) => value + 3 + (Math.floor(at / inner) % x.shape[1]!)),
    )
  })
  return isClose(run(layer, item, inputs, true), run(layer, item, moved, true))
}

for (const layer of catalogue.filter((each) => casesOf(each).length > 0))
  describe(layer.title, () => {
    const cases = casesOf(layer)
    const of = (spatial: Spatial) => cases.filter((item) => spatialOf(layer, item) === spatial)

    it('takes its values from the places that it says', () => {
      for (const item of of('pointwise')) expect(isPointwise(layer, item), `${item.name} is pointwise`).toBe(true)
      for (const item of of('global')) expect(isGlobal(layer, item), `${item.name} is global`).toBe(true)
      for (const item of of('window')) expectWindow(layer, item)
      // A layer that could have a receptive field must say so.
      const mixed = of('mixed')
      expect(mixed.length > 0 && mixed.every((item) => isPointwise(layer, item)), 'is pointwise, but says mixed').toBe(
        false,
      )
    })

    it('has the width that it says', () => {
      const widths = cases.map((item) => {
        const [{ shape }] = inputsOf(item) as [Array64]
        const to = item.get('evaluation').shape
        const width = typeof layer.width === 'function' ? layer.width(shape) : layer.width
        if (width === 'kept') expect(to[1], `${item.name} keeps its width`).toBe(shape[1])
        if (typeof width === 'object')
          expect(to.at(layer.linearMap === 'dense' ? -1 : 1), item.name).toBe(paramsOf(layer, item)[width.param])
        return { width, isKept: to[1] === shape[1] && to.length === shape.length }
      })
      const own = widths.filter(({ width }) => width === 'own')
      expect(own.length > 0 && own.every(({ isKept }) => isKept), 'keeps its width, but says own').toBe(false)
    })

    it('is linear where it says so, and only there', () => {
      const isAlways = cases.every((item) => isLinear(layer, item))
      expect(isAlways, 'is a linear map').toBe(layer.linearMap !== undefined)
      const matrices = cases
        .flatMap((item) => Object.values(item.group('weight')))
        .filter(({ shape }) => shape.length > 1)
      if (layer.linearMap === 'fixed') expect(matrices).toEqual([])
      if (layer.linearMap === 'dense' || layer.linearMap === 'convolution') expect(matrices).not.toEqual([])
      if (layer.linearMap !== 'fixed' && layer.linearMap !== undefined)
        expect(layer.linearMap === 'convolution', 'slides a window').toBe(layer.window !== undefined)
    })

    it('subtracts the mean of every channel where it says so, and only there', () => {
      const trained = cases.filter((item) => item.has('training') && item.fields.frozen !== true)
      expect(trained.length > 0 && trained.every((item) => isCentered(layer, item))).toBe(
        layer.centersChannels === true,
      )
    })
  })

describe.each(catalogue)('$title', (layer) => {
  it('takes inputs of the ranks that it says', () => {
    if (layer.ports === 'variadic') return
    const takes = (rank: number): boolean => {
      const shape = Array.from({ length: rank }, () => 8)
      try {
        lowerLayer(layer, {}, [shape], { training: false, target: standardTarget })
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        return error.problems.every(({ code }) => code !== 'shape-rank')
      }
      return true
    }
    const all = [2, 3, 4, 5]
    expect(all.filter(takes)).toEqual(layer.ranks ?? all)
    for (const rank of layer.family === undefined ? [] : layer.ranks!)
      expect(layerForRank(layer.kind, rank)).toBe(layer)
  })
})

describe('the line on a card', () => {
  const summaries = catalogue.flatMap((layer) => {
    const summary = layer.summary?.(defaultValues(layer.params)) ?? ''
    return summary === '' ? [] : [[layer.title, summary] as const]
  })

  // Update with `npx vitest run test/core/contract/facts.test.ts -u`, and read what it says.
  it('sums up the defaults of every layer', () => {
    expect(Object.fromEntries(summaries)).toMatchInlineSnapshot(`
      {
        "AdaptiveAvgPool2d": "1×1",
        "AvgPool2d": "2×2 · /2×2",
        "Concat": "axis 1",
        "Conv2d": "16 · 3×3",
        "Dropout": "p 0.5",
        "Embedding": "10000×64",
        "EmbeddingBag": "10000×64 · mean",
        "LeakyReLU": "0.01",
        "Linear": "128",
        "MaxPool2d": "2×2 · /2×2",
        "Reshape": "−1",
      }
    `)
  })

  it('begins with the width where the layer decides it', () => {
    for (const layer of catalogue) {
      const { width, params, title } = layer
      if (typeof width === 'object')
        expect(layer.summary?.({ ...defaultValues(params), [width.param]: 7 }), title).toMatch(/^7( ·|$)/)
    }
  })
})
