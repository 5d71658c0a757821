/** Draws of the transforms: functions of run, epoch, sample and step only. */
import { describe, expect, it } from 'vitest'
import { drawRows, occurrencesOf, planDraws, rowWith, type DrawnBatches } from '#core/transforms/draws/draws'
import { checkTransforms, fitTransforms, type TransformStep } from '#core/transforms/transformList'

const shape = [1, 28, 28]
const on = (kind: string, params: Record<string, unknown> = {}): TransformStep => ({ kind, enabled: true, ...params })
const planOf = (...list: TransformStep[]) =>
  planDraws(fitTransforms(list, { dtype: 'uint8', shape }, { sample: [], target: [] }))

const batches = (given: Partial<DrawnBatches> = {}): DrawnBatches => ({
  seed: 3,
  epoch: 2,
  samples: Int32Array.of(10, 7, 500, 3),
  batchSize: 2,
  firstBatch: 4,
  ...given,
})

/** The numbers of each row for the step at an index of the list. */
function numbersOf(list: readonly TransformStep[], place: number, given = batches()): number[][] {
  const plan = planOf(...list)
  const index = checkTransforms(list, shape).steps.findIndex((step) => step.index === place)
  const { offset, width } = plan.steps.find((step) => step.index === index)!
  const rows = drawRows(plan, given)
  return Array.from(given.samples, (_, row) => {
    const begin = row * plan.width + offset
    return [...rows.subarray(begin, begin + width)]
  })
}

const rotation = on('random-rotation', { degrees: [-90, 90] })
const crop = on('random-crop')
const mixing = on('mix-up')

describe('a draw', () => {
  it('is the same for the same run, epoch and samples, and different for others', () => {
    const plan = planOf(crop, rotation, mixing)
    const rows = drawRows(plan, batches())
    expect(drawRows(plan, batches())).toEqual(rows)
    expect(drawRows(plan, batches({ seed: 4 }))).not.toEqual(rows)
    expect(drawRows(plan, batches({ epoch: 3 }))).not.toEqual(rows)
  })

  it('belongs to the sample, at any position in the epoch', () => {
    const before = numbersOf([rotation], 0)
    const after = numbersOf(
      [rotation],
      0,
      batches({ samples: Int32Array.of(3, 500, 7, 10), firstBatch: 0, batchSize: 1 }),
    )
    expect(after.toReversed()).toEqual(before)
  })

  it('does not depend on the other steps of the list, their order, or whether they are enabled', () => {
    const alone = numbersOf([rotation], 0)
    expect(numbersOf([crop, on('color-jitter'), rotation], 2)).toEqual(alone)
    expect(numbersOf([rotation, crop], 0)).toEqual(alone)
    expect(numbersOf([{ ...crop, enabled: false }, rotation], 1)).toEqual(alone)
    expect(numbersOf([crop, { ...crop, enabled: false }, rotation], 2)).toEqual(alone)
  })

  it('differs between two steps of one kind, and remains that of the second if the first is disabled', () => {
    const [first, second] = [numbersOf([rotation, rotation], 0), numbersOf([rotation, rotation], 1)]
    expect(second).not.toEqual(first)
    expect(numbersOf([{ ...rotation, enabled: false }, rotation], 1)).toEqual(second)
  })

  it('differs between the occurrences of a sample in an epoch', () => {
    const samples = Int32Array.of(5, 5, 6, 5)
    const occurrences = occurrencesOf(samples)!
    expect([...occurrences]).toEqual([0, 1, 0, 2])
    const numbers = numbersOf([rotation], 0, batches({ samples, occurrences })).map(String)
    expect(new Set(numbers).size).toBe(4)
    expect(occurrencesOf(Int32Array.of(1, 2, 3))).toBeUndefined()
  })

  it('is one number for a whole batch if samples are mixed, and another for the next batch', () => {
    const [a, b, c, d] = numbersOf([mixing], 0).map(([share]) => share)
    expect(b).toBe(a)
    expect(d).toBe(c)
    expect(c).not.toBe(a)
    const second = numbersOf([mixing], 0, batches({ samples: Int32Array.of(1, 2), firstBatch: 5 }))
    expect(second.map(([share]) => share)).toEqual([c, c])
  })

  it('is the identity if the probability is 0, and never if it is 1', () => {
    const [never, always] = [on('random-horizontal-flip', { p: 0 }), on('random-horizontal-flip', { p: 1 })]
    const samples = Int32Array.from({ length: 200 }, (_, i) => i)
    expect(new Set(numbersOf([never], 0, batches({ samples })).flat())).toEqual(new Set([0]))
    expect(new Set(numbersOf([always], 0, batches({ samples })).flat())).toEqual(new Set([1]))
  })

  it('has width 0 if nothing is random', () => {
    const plan = planOf(on('center-crop', { size: 20 }), on('normalize', { mean: [0], std: [1] }))
    expect(plan).toEqual({ width: 0, steps: [] })
    expect(drawRows(plan, batches())).toHaveLength(0)
  })

  it('can be composed for one step, with all others inactive', () => {
    const plan = planOf(crop, rotation)
    expect([...rowWith(plan, 0, [3, -2])]).toEqual([3, -2, 1, 0, 0, 0, 1, 0])
    expect([...rowWith(plan, 1, [1, 2, 3, 4, 5, 6])]).toEqual([0, 0, 1, 2, 3, 4, 5, 6])
  })
})
