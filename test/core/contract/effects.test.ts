/** The contract of every parameter: it changes the graph, the numbers or the start in some case. */
import { describe, expect, it } from 'vitest'
import { describeNumbers } from '#core/data/statistics'
import { initializers } from '#core/initializers/index'
import type { InitializerDefinition } from '#core/initializers/initializer'
import { layers } from '#core/layers/index'
import type { LayerDefinition } from '#core/layers/layer'
import { losses } from '#core/losses/index'
import type { LossDefinition } from '#core/losses/loss'
import { GraphBuilder } from '#core/onnx/builder'
import { standardTarget } from '#core/onnx/target'
import { optimizers } from '#core/optimizers/index'
import type { OptimizerDefinition } from '#core/optimizers/optimizer'
import { checkParams, type ParamSpecs, type ParamValues } from '#core/params/params'
import { schedules } from '#core/schedules/index'
import type { ScheduleDefinition } from '#core/schedules/schedule'
import { drawRows } from '#core/transforms/draws/draws'
import { transforms } from '#core/transforms/index'
import { fitTransforms } from '#core/transforms/transformList'
import { deadParams, plainGraph, type Values } from '../../support/effects'
import { goldenCases, goldenKinds } from '../../support/goldens'
import { forwardOf, lowerLayer } from './lowerLayer'
import { lowerSteps } from './lowerTransform'

type Params = ParamValues<ParamSpecs>
/** Values that passed the checks of their own parameters. */
const checked = (specs: ParamSpecs, values: Values): Params => checkParams(specs, values, 'it', { node: 'it' }).values

describe.each(layers as unknown as readonly LayerDefinition[])('$title', (layer) => {
  const golden = goldenKinds('layers').includes(layer.kind) ? goldenCases('layers', layer.kind) : []
  const cases = golden.map((item) => Object.values(item.group('input')).map(({ shape }) => shape))
  /** One shape of every rank does. */
  const shapes = cases.length === 0 ? [[[2, 3]]] : [...new Map(cases.map((all) => [all[0]!.length, all])).values()]

  it('has no parameter without effect', async () => {
    const lowered = (values: Values, inputs: readonly (readonly number[])[], training: boolean) => {
      const made = lowerLayer(layer, values, inputs, { training, target: standardTarget })
      return [plainGraph(forwardOf(made)), [...made.starts], [...made.updates]]
    }
    const dead = new Set(Object.keys(layer.params))
    for (const inputs of shapes)
      for (const training of [true, false]) {
        if (dead.size === 0) break
        const left = await deadParams(layer.params, (values) => lowered(values, inputs, training), [
          {},
          ...golden.map(({ params }) => params).slice(0, 4),
        ])
        for (const name of dead) if (!left.includes(name)) dead.delete(name)
      }
    expect([...dead]).toEqual([])
  })
})

describe.each(losses as unknown as readonly LossDefinition[])('the loss $kind', (loss) => {
  it('has no parameter without effect', async () => {
    const dead = await deadParams(loss.params, (values) => {
      const b = new GraphBuilder(loss.kind)
      const prediction = b.input('prediction', { dtype: 'float32', shape: [4, 3] })
      const isClasses = loss.targetForm === 'classes'
      const target = b.input('target', { dtype: isClasses ? 'int32' : 'float32', shape: isClasses ? [4] : [4, 3] })
      const params = checked(loss.params, values)
      const lowered = loss.lower({ b, prediction, target, params, lowering: standardTarget })
      b.output(lowered.losses, 'losses')
      return plainGraph(b.graph)
    })
    expect(dead).toEqual([])
  })
})

describe.each(optimizers as unknown as readonly OptimizerDefinition[])('$title', (optimizer) => {
  it('has no parameter without effect', async () => {
    const dead = await deadParams(optimizer.params, (values) => {
      const params = checked(optimizer.params, values)
      const b = new GraphBuilder(optimizer.kind)
      const vector = (name: string) => b.input(name, { dtype: 'float32', shape: [5] })
      const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, vector(name)]))
      const numbers = [1, 2].map((step) => optimizer.scalars(params, step, 0.1))
      const slots = optimizer.slots(params)
      const next = optimizer.update({
        ...{ b, params, parameters: vector('parameters'), gradients: vector('gradients') },
        ...{ slots: named(Object.keys(slots)), scalars: named(Object.keys(numbers[0]!)) },
      })
      b.output(next.parameters, 'next')
      return [plainGraph(b.graph), numbers, slots]
    })
    expect(dead).toEqual([])
  })
})

describe.each(schedules as unknown as readonly ScheduleDefinition[])('the schedule $kind', (schedule) => {
  it('has no parameter without effect', async () => {
    const dead = await deadParams(schedule.params, (values) =>
      Array.from({ length: 60 }, (_, step) =>
        schedule.rate(checked(schedule.params, values), { step, stepsPerEpoch: 2, epochs: 30, base: 0.1 }),
      ),
    )
    expect(dead).toEqual([])
  })
})

describe.each(initializers as unknown as readonly InitializerDefinition[])('the initializer $kind', (initializer) => {
  it('has no parameter without effect', async () => {
    const draw = { uniform: () => 0.3, normal: () => -0.7 }
    const dead = await deadParams(initializer.params, (values) =>
      initializer.value(0, { fanIn: 6, fanOut: 4 }, draw, checked(initializer.params, values)),
    )
    expect(dead).toEqual([])
  })
})

describe.each(transforms)('$title', ({ kind, params }) => {
  it('has no parameter without effect', async () => {
    const batch = { seed: 1, epoch: 0, samples: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), batchSize: 8, firstBatch: 0 }
    const channels = [0, 1, 2].map((channel) => describeNumbers(Float64Array.of(10 + channel, 20, 90)))
    const dead = await deadParams(params, (values) => {
      const step = { ...values, kind, enabled: true }
      const fitted = fitTransforms([step], { dtype: 'uint8', shape: [3, 8, 8] }, { sample: channels, target: [] })
      const images = { dtype: 'uint8', shape: [8, 3, 8, 8] } as const
      const { graph, plan } = lowerSteps(fitted, images, { training: true, target: standardTarget })
      return [plainGraph(graph), [...drawRows(plan, batch)], fitted]
    })
    expect(dead).toEqual([])
  })
})
