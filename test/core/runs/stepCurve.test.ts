import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StepEvent } from '#core/runs/events'
import { joinSteps, MOST_POINTS, StepCurve } from '#core/runs/stepCurve'

const STEPS_PER_EPOCH = 100

function stepEvent(step: number, losses: readonly number[], accuracy: number): StepEvent {
  const epoch = Math.floor((step - 1) / STEPS_PER_EPOCH) + 1
  const train = { loss: losses.at(-1)!, accuracy }
  return {
    event: 'step',
    epoch,
    step,
    loss: losses.at(-1)!,
    losses,
    train,
    learningRate: 0.001,
    samplesPerSecond: 1,
    secondsLeft: 1,
    memory: 1,
  }
}

describe('the curve of the steps of a run', () => {
  it('holds every step of a short run', () => {
    const curve = new StepCurve('accuracy', STEPS_PER_EPOCH)
    curve.add(stepEvent(2, [3, 2], 0.5))
    curve.add(stepEvent(3, [1], 0.5))
    expect([...curve.points().step]).toEqual([1, 2, 3])
    expect([...curve.points().loss]).toEqual([3, 2, 1])
  })

  it('stays below its limit for any length of run, and preserves the mean of merged points', () => {
    const curve = new StepCurve('accuracy', STEPS_PER_EPOCH)
    for (let step = 1; step <= 50_000; step++) curve.add(stepEvent(step, [step % 2], 0.5))
    const { step, loss, stride } = curve.points()
    expect(step.length).toBeLessThanOrEqual(MOST_POINTS)
    expect(step.length).toBeGreaterThan(MOST_POINTS / 4)
    expect(stride).toBe(32)
    expect([...loss].every((value) => value === 0.5)).toBe(true)
    expect(step.at(-1)! + stride).toBeGreaterThan(50_000)
  })

  it('derives the accuracy of the last steps from the running accuracy of the epoch', () => {
    const curve = new StepCurve('accuracy', STEPS_PER_EPOCH)
    curve.add(stepEvent(10, new Array<number>(10).fill(1), 0.2))
    curve.add(stepEvent(20, new Array<number>(10).fill(1), 0.5))
    curve.add(stepEvent(101, [1], 0.9))
    const { metric } = curve.points()
    expect(metric[5]).toBeCloseTo(0.2)
    // 20 · 0.5 − 10 · 0.2 = 8 of 10
    expect(metric[15]).toBeCloseTo(0.8)
    expect(metric.at(-1)).toBeCloseTo(0.9)
  })

  it('continues from existing points', () => {
    const whole = new StepCurve('accuracy', STEPS_PER_EPOCH)
    for (let step = 1; step <= 4096; step++) whole.add(stepEvent(step, [step], 0.5))
    const resumed = StepCurve.from(whole.points(), 'accuracy', STEPS_PER_EPOCH)
    for (let step = 4097; step <= 5000; step++) {
      whole.add(stepEvent(step, [step], 0.5))
      resumed.add(stepEvent(step, [step], 0.5))
    }
    expect(resumed.points()).toEqual(whole.points())
  })
})

it('two consecutive step events merge without losing a loss', () => {
  const joined = joinSteps(stepEvent(2, [3, 2], 0.5), stepEvent(4, [1, 0.5], 0.6))
  expect(joined).toEqual(stepEvent(4, [3, 2, 1, 0.5], 0.6))
})

describe('the curve of a run being watched', () => {
  /** A run as logged: calls of one to nine steps, none across the end of an epoch. */
  const logged = fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 900 }),
      seed: fc.double({ min: 0.01, max: 1, noNaN: true }),
    })
    .map(({ sizes, seed }) => {
      const events: StepEvent[] = []
      let step = 0
      for (const size of sizes) {
        const count = Math.min(size, STEPS_PER_EPOCH - (step % STEPS_PER_EPOCH))
        step += count
        const values = Array.from({ length: count }, (_, i) => Math.fround(seed / (1 + step - i)))
        const event = stepEvent(step, values, 0.5)
        events.push({ ...event, metrics: values.map((value) => Math.fround(1 - value)) })
      }
      return events
    })

  it('equals the one opened from disk, regardless of which events were queued and merged, and when a window joined', () => {
    fc.assert(
      fc.property(logged, fc.array(fc.nat(12), { minLength: 1, maxLength: 20 }), fc.nat(), (events, joins, joined) => {
        const disk = new StepCurve('accuracy', STEPS_PER_EPOCH)
        for (const event of events) disk.add(JSON.parse(JSON.stringify(event)) as StepEvent)
        let live = new StepCurve('accuracy', STEPS_PER_EPOCH)
        const late = joined % events.length
        for (let at = 0, turn = 0; at < events.length; turn++) {
          let waiting = events[at++]!
          for (let more = joins[turn % joins.length]!; more > 0 && events[at]?.epoch === waiting.epoch; more--)
            waiting = joinSteps(waiting, events[at++]!)
          live.add(waiting)
          if (at >= late) live = StepCurve.from(live.points(), 'accuracy', STEPS_PER_EPOCH)
        }
        expect(live.points()).toEqual(disk.points())
      }),
      { numRuns: 60 },
    )
  })

  it('shows the metric of every step, not one for all steps reported together', () => {
    const curve = new StepCurve('accuracy', STEPS_PER_EPOCH)
    curve.add({ ...stepEvent(3, [3, 2, 1], 0.5), metrics: [0, 0.5, 1] })
    expect([...curve.points().metric]).toEqual([0, 0.5, 1])
  })

  it('includes its latest steps that do not fill a point yet', () => {
    const curve = new StepCurve('accuracy', STEPS_PER_EPOCH)
    for (let step = 1; step <= 2001; step++) curve.add({ ...stepEvent(step, [1], 0.5), metrics: [1] })
    expect(curve.points()).toMatchObject({ stride: 2, open: { count: 1, step: 2001, loss: 1, metric: 1 } })
  })
})
