/** The contract of every schedule: the learning rate of each of 30 steps equals PyTorch's. */
import { describe, expect, it } from 'vitest'
import { schedules } from '#core/schedules/index'
import type { ScheduleDefinition } from '#core/schedules/schedule'
import { checkParams } from '#core/params/params'
import { expectClose } from '../../support/expectClose'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { describeParams } from './describeParams'

const catalogue: readonly ScheduleDefinition[] = schedules

function sequence(schedule: ScheduleDefinition, item: GoldenCase): Float64Array {
  const { base, epochs, stepsPerEpoch } = item.fields as { base: number; epochs: number; stepsPerEpoch: number }
  const { values, problems } = checkParams(schedule.params, item.params, schedule.kind, {})
  expect(problems).toEqual([])
  return Float64Array.from({ length: epochs * stepsPerEpoch }, (_, step) =>
    schedule.rate(values, { step, stepsPerEpoch, epochs, base }),
  )
}

for (const schedule of catalogue)
  describe(schedule.kind, () => {
    describeParams(schedule)
    for (const item of goldenCases('schedules', schedule.kind)) {
      it(`equals PyTorch's schedule stepped after every batch: ${item.name}`, () => {
        const rates = sequence(schedule, item)
        expectClose({ shape: [rates.length], data: rates }, item.get('byStep'), { relative: 1e-12 }, 'learning rates')
      })
    }

    it('never returns a negative or infinite rate, even past the planned end', () => {
      const { values } = checkParams(schedule.params, {}, schedule.kind, {})
      for (let step = 0; step < 60; step++) {
        const rate = schedule.rate(values, { step, stepsPerEpoch: 10, epochs: 3, base: 0.1 })
        expect(rate).toBeGreaterThanOrEqual(0)
        expect(rate).toBeLessThanOrEqual(0.1)
      }
    })
  })

describe('warmup', () => {
  const at = (kind: string, epochs: number, step: number) => {
    const schedule = catalogue.find((candidate) => candidate.kind === kind)!
    return schedule.rate({ epochs, startFactor: 0.1 }, { step, stepsPerEpoch: 10, epochs: 3, base: 0.1 })
  }

  it.each(['linear-warmup', 'warmup-cosine'])('of no epochs starts at the full rate (%s)', (kind) => {
    expect(at(kind, 0, 0)).toBe(0.1)
  })

  it('of half an epoch rises within the first steps', () => {
    const rates = [0, 1, 5].map((step) => at('linear-warmup', 0.5, step))
    expect(rates).toEqual([expect.closeTo(0.01, 12), expect.closeTo(0.028, 12), 0.1])
  })
})

describe('the schedule catalog', () => {
  it('has golden cases for every schedule, and no golden file without one', () => {
    expect(goldenKinds('schedules')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })
})
