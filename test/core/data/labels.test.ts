import { describe, expect, it } from 'vitest'
import { classesOf, classFinder } from '#core/data/labels'

describe('label classes', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['numbers with and without a point', ['1', '0.0', '0', '1.0'], ['0', '1']],
    ['whole numbers that a program wrote with a point', ['2.0', '10.0', '1.0'], ['1', '2', '10']],
    ['fractions', ['0.5', '.50', '1.0', '1'], ['.50', '1']],
    ['signs and exponents', ['-0', '0', '+1', '1e0', '-1'], ['-1', '0', '+1']],
    ['numbers with leading zeros, as they are', ['007', '010'], ['007', '010']],
    [
      'numbers too long for a float64',
      ['90071992547409931', '90071992547409932'],
      ['90071992547409931', '90071992547409932'],
    ],
    ['truths', ['True', 'TRUE', 'true', 'False'], ['false', 'true']],
    ['truths written in one way', ['True', 'False'], ['False', 'True']],
    ['answers', ['Yes', 'NO', 'yes'], ['no', 'yes']],
    ['words, of which case is a difference', ['a', 'A', 'yes', 'Yes'], ['A', 'Yes', 'a', 'yes']],
    ['numbers among words', ['1', '1.0', 'other'], ['1', 'other']],
    ['versions among words', ['1.1', '1.10', 'beta'], ['1.1', '1.10', 'beta']],
    ['accents', ['caf\u00e9', 'cafe\u0301', 'tea '], ['caf\u00e9', 'tea']],
  ])('%s', (_, labels, classes) => {
    expect(classesOf(labels)).toEqual(classes)
    const find = classFinder(classes)
    expect(new Set(labels.map(find))).toEqual(new Set(classes.keys()))
  })

  it('are recognized in every spelling of a label', () => {
    expect(['1.000', '+0', '2', 'x'].map(classFinder(['0', '1']))).toEqual([1, 0, undefined, undefined])
    expect(['TRUE', 'False', 'yes'].map(classFinder(['false', 'true']))).toEqual([1, 0, undefined])
    expect(['b', 'B'].map(classFinder(['a', 'b']))).toEqual([1, undefined])
  })
})
