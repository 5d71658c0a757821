/** Numbers as the interface writes them. */
import { describe, expect, it } from 'vitest'
import { pickLanguage } from '../../../src-renderer/i18n/useLanguage'
import * as numbers from '../../../src-renderer/i18n/numbers'

// @vitest-environment happy-dom

describe('numbers', () => {
  it('group thousands and use a true minus', () => {
    expect([206922, -1234, 0, 0.3, -0.424, 1 / 3, 0.00001, 1e21, NaN, -Infinity].map(numbers.formatNumber)).toEqual([
      '206,922',
      '−1,234',
      '0',
      '0.3',
      '−0.424',
      '0.333333',
      '1.0e-5',
      '1,000,000,000,000,000,000,000',
      'NaN',
      '−∞',
    ])
  })

  it('keep four digits of a data value, all of an integer, and format years without a separator', () => {
    const values = [3511.75, 0.25, 1 / 3, -6.54321, 206922.4, 206922, 2014, 1998.5, -1066, 0.00001234]
    expect(values.map((value) => numbers.formatFigure(value))).toEqual([
      '3512',
      '0.25',
      '0.3333',
      '−6.543',
      '206,900',
      '206,922',
      '2014',
      '1999',
      '−1066',
      '1.2e-5',
    ])
    expect(numbers.formatFigure(1998.5, 6)).toBe('1998.5')
  })

  it('shorten large counts to three digits', () => {
    expect([999, 9_999, 12_340, 1_220_000, 999_600, 25_600_000_000].map(numbers.formatCompact)).toEqual([
      '999',
      '9,999',
      '12.3 k',
      '1.22 M',
      '1 M',
      '25.6 G',
    ])
  })

  it('format metrics with four decimals, fewer from a thousand on, or an exponent if that would show nothing', () => {
    const values = [0.0297, 1, 0, -0, -0.00004, 0.00001, 12.3456789, 999.9999, 4919.9896, -12345.678, 1234567]
    expect(values.map(numbers.formatMetric)).toEqual([
      '0.0297',
      '1.0000',
      '0.0000',
      '0.0000',
      '−4.0e-5',
      '1.0e-5',
      '12.3457',
      '999.9999',
      '4919.99',
      '−12,346',
      '1.2e6',
    ])
  })

  it('format memory in binary units', () => {
    expect([0, 1023, 1024, 26_318_000, 1024 ** 2 - 1, 3 * 1024 ** 3, 200 * 1024 ** 2].map(numbers.formatBytes)).toEqual(
      ['0 B', '1,023 B', '1.0 KiB', '25.1 MiB', '1.0 MiB', '3.0 GiB', '200 MiB'],
    )
  })

  it('format percent with a space in English and without in Chinese', () => {
    expect([0.8845, 0, 1, 0.00002].map((share) => numbers.formatPercent(share, 'en', 2))).toEqual([
      '88.45 %',
      '0.00 %',
      '100.00 %',
      '< 0.01 %',
    ])
    expect(numbers.formatPercent(0.97, 'zh-CN', 0)).toBe('97%')
  })

  it('format durations with a suitable unit', () => {
    expect(
      [0.0004, 0.25, 0.9999, 3.71, 9, 9.96, 59.4, 125, 120, 7380, 90_000].map((seconds) =>
        numbers.formatDuration(seconds, 'en'),
      ),
    ).toEqual(['0.4 ms', '250 ms', '1.0 s', '3.7 s', '9 s', '10 s', '59 s', '2 min 5 s', '2 min', '2 h 3 min', '25 h'])
    expect(numbers.formatDuration(125, 'zh-CN')).toBe('2 分 5 秒')
  })

  it('format times relative to now', () => {
    const now = new Date(2026, 10, 23, 14, 2).getTime()
    const when = (...date: [number, number, number, number, number]) =>
      numbers.formatWhen(new Date(...date).getTime(), 'en', now)
    expect([
      when(2026, 10, 23, 13, 41),
      when(2026, 10, 22, 23, 59),
      when(2026, 10, 18, 9, 0),
      when(2025, 3, 2, 9, 0),
    ]).toEqual(['today 13:41', 'yesterday', 'Nov 18', 'Apr 2, 2025'])
    expect(numbers.formatWhen(new Date(2026, 10, 23, 0, 5).getTime(), 'zh-CN', now)).toBe('今天 00:05')
  })

  it('format shapes with ×', () => {
    expect(numbers.formatShape(['N', 16, 28, 28])).toBe('N×16×28×28')
  })
})

describe('the language', () => {
  it('is the first system language that the interface supports', () => {
    expect([
      pickLanguage(['zh-TW', 'en']),
      pickLanguage(['fr', 'zh-Hans-CN']),
      pickLanguage(['de', 'en-GB', 'zh']),
      pickLanguage(['fr']),
    ]).toEqual(['zh-CN', 'zh-CN', 'en', 'en'])
  })
})
