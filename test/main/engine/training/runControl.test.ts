import { describe, expect, it } from 'vitest'
import { RunControl } from '../../../../src-main/engine/training/runControl'

describe('a learning rate set during a run', () => {
  it.each([1e-300, 0.5, 1000])('of %s is taken once', (value) => {
    const control = new RunControl()
    control.apply({ action: 'learning-rate', value })
    expect([control.takeRate(), control.takeRate()]).toEqual([value, undefined])
  })

  it.each([0, -1, 1001, NaN, Infinity])('of %s changes nothing', (value) => {
    const control = new RunControl()
    control.apply({ action: 'learning-rate', value: 0.5 })
    control.apply({ action: 'learning-rate', value })
    expect(control.takeRate()).toBe(0.5)
  })
})
