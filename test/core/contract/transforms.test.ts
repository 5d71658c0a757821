/** The contract of every transform, driven by the golden files: parameters, shapes, values in training and in evaluation. */
import { describe, expect, it } from 'vitest'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { defaultValues } from '#core/params/params'
import type { Tensor } from '#core/tensor/dtype'
import { planDraws, rowWith } from '#core/transforms/draws/draws'
import { DrawStream } from '#core/transforms/draws/drawStream'
import { transforms } from '#core/transforms/index'
import type { ImageShape, TransformDefinition } from '#core/transforms/transform'
import { checkTransforms } from '#core/transforms/transformList'
import { expectClose } from '../../support/expectClose'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { fromTensor } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { runOnnx } from '../../support/runOnnx'
import { describeParams } from './describeParams'
import { applySteps, feedsOf, fittedSteps, lowerSteps, unitPixels } from './lowerTransform'

const catalogue: readonly TransformDefinition[] = transforms
const targets: Record<string, Target> = { standard: standardTarget, portable: portableTarget }

/** Float32 arithmetic on pixels in 0 … 1. */
const close = { absolute: 1e-5 }
/** Float64 arithmetic on bytes and draws that were rounded to float32 once. */
const exact = { absolute: 1e-6, relative: 1e-6 }

const shapeOf = (item: GoldenCase) => item.get('images').shape.slice(1) as [number, number, number]
const stepsOf = ({ kind }: TransformDefinition, item: GoldenCase) =>
  fittedSteps([{ kind, ...item.params }], shapeOf(item))

async function checkOutput(
  definition: TransformDefinition,
  item: GoldenCase,
  images: Tensor,
  mode: { training: boolean; target: Target },
): Promise<void> {
  const fitted = stepsOf(definition, item)
  const { graph } = lowerSteps(fitted, images, mode)
  const golden = item.get(mode.training ? 'output' : 'evaluation')
  expect(graph.outputs[0]!.type, 'inferred type').toEqual({ dtype: 'float32', shape: golden.shape })
  expect(fitted.shape, 'shape reported beforehand').toEqual(golden.shape.slice(1))
  const feeds = feedsOf(item, images)
  const given = Object.fromEntries(graph.inputs.map(({ name }) => [name, feeds[name]!]))
  expectClose((await runOnnx(graph, given)).y!, golden, close, 'output')
  const arrays = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fromTensor(value)]))
  expectClose(interpret(graph, arrays).y!, golden, exact, 'output in float64')
}

/** Draws from a stream, as matching numbers. */
function drawFor({ random }: TransformDefinition, params: Record<string, unknown>, shape: ImageShape, key: number) {
  return random!.draw(new DrawStream(key), params as never, shape)
}

for (const definition of catalogue)
  describe(definition.title, () => {
    const { kind, random } = definition
    const cases = goldenCases('transforms', kind)
    describeParams(definition)

    it('has explanations in both languages', () => {
      expect(definition.doc.en).not.toBe('')
      expect(definition.doc.zh).not.toBe('')
    })

    for (const item of cases)
      for (const [name, target] of Object.entries(targets)) {
        const bytes = item.get('images')
        it(`transforms ${item.name} like torchvision (${name}, bytes)`, () =>
          checkOutput(definition, item, bytes, { training: true, target }))
        it(`transforms ${item.name} like torchvision (${name}, pixels in 0 … 1)`, () =>
          checkOutput(definition, item, unitPixels(bytes), { training: true, target }))
        if (item.has('evaluation'))
          it(`transforms ${item.name} in evaluation like torchvision (${name})`, () =>
            checkOutput(definition, item, bytes, { training: false, target }))
      }

    if (!random) return

    it('has a probability among its parameters', () => {
      expect(definition.params.p).toMatchObject({ type: 'real', min: 0, max: 1 })
    })

    it.each(cases)('is described in words for $name', (item) => {
      const shape = shapeOf(item)
      const params = { ...defaultValues(definition.params), ...item.params }
      const drawn = item.get('draws').data as Float32Array
      const width = random.width(params, shape)
      for (const row of [drawn.subarray(0, width), Float32Array.from(drawFor(definition, params, shape, 5))]) {
        const { en, zh } = random.describe(row, params, shape)
        expect(en).not.toMatch(/NaN|undefined|Infinity|^$/)
        expect(zh).not.toMatch(/NaN|undefined|Infinity|^$/)
      }
    })

    it.each(cases)('has draws, identity and corners of the same width for $name', (item) => {
      const shape = shapeOf(item)
      const params = { ...defaultValues(definition.params), ...item.params }
      const width = random.width(params, shape)
      const corners = random.corners(params, shape)
      expect(item.get('draws').shape[1]).toBe(width)
      const drawn = Array.from({ length: 50 }, (_, key) => drawFor(definition, params, shape, key))
      for (const numbers of [random.identity(params, shape), ...corners, ...drawn]) {
        expect(numbers).toHaveLength(width)
        expect(numbers.every(Number.isFinite)).toBe(true)
      }
    })

    for (const item of cases.filter((one) => one.has('corners')))
      it(`has the same numbers as torchvision at the ends of its ranges for ${item.name}`, () => {
        const { shape } = item.get('corners')
        const params = { ...defaultValues(definition.params), ...item.params }
        const corners = random.corners(params, shapeOf(item)).flat()
        expectClose({ shape, data: corners }, item.get('corners'), { relative: 1e-6 })
      })

    for (const item of cases)
      for (const [name, target] of Object.entries(targets))
        it(`leaves ${item.name} unchanged, bit for bit, if it is not applied (${name})`, async () => {
          const bytes = item.get('images')
          const fitted = stepsOf(definition, item)
          const row = rowWith(planDraws(fitted), -1, [])
          const rows = Float32Array.from({ length: bytes.shape[0]! * row.length }, (_, i) => row[i % row.length]!)
          const { y } = await applySteps(fitted, bytes, rows, target)
          if (!definition.evaluation) return expect(y).toEqual(unitPixelsByGraph(bytes))
          const { graph } = lowerSteps(fitted, bytes, { training: false, target })
          expectClose(y!, (await runOnnx(graph, { images: bytes })).y!, { absolute: 1e-6 })
        })
  })

/** Bytes on the scale 0 … 1, with the float32 multiplication that the graph uses. */
function unitPixelsByGraph({ shape, data }: Tensor): Tensor {
  const scale = Math.fround(1 / 255)
  return { dtype: 'float32', shape, data: Float32Array.from(data as Uint8Array, (byte) => Math.fround(byte * scale)) }
}

describe('the transform catalog', () => {
  it('has golden cases for every transform, and no golden file without a transform', () => {
    expect(goldenKinds('transforms')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })

  it('names every transform once', () => {
    expect(new Set(catalogue.map(({ kind }) => kind)).size).toBe(catalogue.length)
    expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length)
  })

  it('has defaults that suit small gray and large color images', () => {
    for (const shape of [
      [1, 28, 28],
      [3, 32, 32],
      [3, 224, 224],
    ])
      for (const { kind } of catalogue)
        expect(checkTransforms([{ kind, enabled: true }], shape)).toMatchObject({ problems: [], shape })
  })
})
