import { expect, it } from 'vitest'
import { unitOf } from '#core/data/unit'
import { isInUnit } from '#core/metrics/index'

const named = (...names: string[]) => unitOf({ kind: 'numbers', size: names.length, names })

it('the unit of a target is part of its name, or is its name, or is known for an embedded dataset', () => {
  expect([
    named('Length (cm)'),
    named('temperature [°C]'),
    named('Miles_per_Gallon'),
    named('price'),
    named('label'),
    named('a', 'b'),
    named('x'.repeat(40)),
    unitOf({ kind: 'classes', classes: ['a', 'b'] }),
  ]).toEqual(['cm', '°C', 'mpg', 'price', undefined, undefined, `${'x'.repeat(23)}…`, undefined])
  expect(['loss', 'mae', 'rmse', 'r2', 'accuracy'].map(isInUnit)).toEqual([false, true, true, false, false])
})
