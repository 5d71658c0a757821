import { expect, it } from 'vitest'
import { findTransform } from '#core/transforms/index'

it('dx and dy of a crop describe how the picture moves: to the right and down if positive', () => {
  const { random, params } = findTransform('random-crop')!
  const values = Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default]))
  const settings = { ...values, size: 24, padding: 0 }
  // The window at the top left of 28 × 28: the former center is now further right and down.
  expect(random!.describe([0, 0], settings as never, [1, 28, 28]).en).toBe('dx +2, dy +2')
  expect(random!.describe([4, 3], settings as never, [1, 28, 28]).en).toBe('dx −1, dy −2')
})
