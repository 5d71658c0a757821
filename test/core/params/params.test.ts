/** What the types and the values of parameters know from their specifications. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import { choice, list, pair, storedValues, text, type Pair, type ParamValues } from '#core/params/params'

const label = text('Name', '名称')
const doc = text('Doc.', '说明。')
const params = {
  mode: choice(label, { default: 'mean', options: ['mean', 'sum'], doc }),
  size: pair(label, { default: 1, min: 1, doc }),
  padding: pair(label, { default: 0, min: 0, words: ['same'], doc }),
  stride: pair(label, { default: null, min: 1, optional: true, doc }),
  shape: list(label, { default: [1], min: 1, integer: true, doc }),
}
type Values = ParamValues<typeof params>

describe('types of parameter values', () => {
  it('are the words of a choice', () => {
    expectTypeOf<Values['mode']>().toEqualTypeOf<'mean' | 'sum'>()
  })

  it('have words and null only where they are declared', () => {
    expectTypeOf<Values['size']>().toEqualTypeOf<Pair>()
    expectTypeOf<Values['padding']>().toEqualTypeOf<Pair | 'same'>()
    expectTypeOf<Values['stride']>().toEqualTypeOf<Pair | null>()
    expectTypeOf<Values['shape']>().toEqualTypeOf<readonly number[]>()
  })
})

describe('storedValues', () => {
  it('keeps what the specification accepts and fills the rest with defaults', () => {
    const stored = { kind: 'pool', mode: 'sum', size: [2, 3], padding: 'same', stride: 0 }
    expect(storedValues(params, stored)).toEqual({
      mode: 'sum',
      size: [2, 3],
      padding: 'same',
      stride: null,
      shape: [1],
    })
  })
})
