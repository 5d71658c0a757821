import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { earlyStoppingSchema, loaderSchema, trainingSchema } from '#core/graph/project'
import {
  catalogueSettings,
  defaultOf,
  describeSetting,
  earlyStoppingParams,
  loaderParams,
  settingGroups,
  trainingParams,
  type TrainingParam,
} from '#core/graph/trainingParams'
import { accepts } from '#core/params/params'
import { run } from '#core/rpc/contract/run'

const groups: readonly (readonly [string, Readonly<Record<string, TrainingParam>>, z.ZodObject])[] = [
  ['training', trainingParams, trainingSchema],
  ['training.loader', loaderParams, loaderSchema],
  ['training.earlyStopping', earlyStoppingParams, earlyStoppingSchema],
]
const settings = groups.flatMap(([group, params, schema]) =>
  Object.entries(params).map(([name, setting]) => ({ path: `${group}.${name}`, name, setting, schema })),
)

describe('the training settings', () => {
  it('are those of the project file', () => {
    const names = { ...catalogueSettings, ...trainingParams, ...settingGroups }
    expect(Object.keys(names).sort()).toEqual(Object.keys(trainingSchema.shape).sort())
    expect(Object.keys(loaderParams).sort()).toEqual(Object.keys(loaderSchema.shape).sort())
    expect(Object.keys(earlyStoppingParams).sort()).toEqual(Object.keys(earlyStoppingSchema.shape).sort())
  })

  it.each(settings)('give $path its default', ({ name, setting, schema }) => {
    expect(schema.parse({})[name]).toBe(defaultOf(setting))
  })

  it.each(settings)('limit $path in a file as everywhere else', ({ name, setting, schema }) => {
    const { spec } = setting
    const taken = (value: unknown): boolean => schema.safeParse({ [name]: value }).success
    expect(taken(null)).toBe('automatic' in setting)
    if (spec.type !== 'integer' && spec.type !== 'real') return
    const { min = 0, max = 1e6 } = spec
    const values = [
      min - 1,
      min,
      min + 0.5,
      min + 1,
      max - 1,
      max,
      max + 0.5,
      max + 1,
      -0.1,
      1e-300,
      NaN,
      Infinity,
      '1',
    ]
    for (const value of values) expect([value, taken(value)]).toEqual([value, accepts(spec, value)])
  })

  it('say what they accept', () => {
    expect(describeSetting(trainingParams.learningRate)).toBe('a number above 0 and at most 1000')
    expect(describeSetting(trainingParams.threads)).toBe('an integer between 1 and 256, or null: all cores')
    expect(describeSetting(earlyStoppingParams.minDelta)).toBe('a number of at least 0')
  })

  it.each([
    ['learning rate', run.setLearningRate, 'learningRate', trainingParams.learningRate.spec],
    ['number of epochs', run.continue, 'epochs', trainingParams.epochs.spec],
  ] as const)('limit the %s of a resumed run', async (_, { '~orpc': { inputSchema } }, name, { min, max }) => {
    const taken = async (value: number) => {
      const input = { run: 'run', [name]: value }
      return !('issues' in (await inputSchema!['~standard'].validate(input)))
    }
    expect(await Promise.all([min!, max!, max! + 1].map(taken))).toEqual([name === 'epochs', true, false])
  })
})
