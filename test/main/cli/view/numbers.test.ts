/** Numbers formatted for reading. */
import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFigure,
  formatLarge,
  formatSetting,
} from '../../../../src-main/cli/view/numbers'

describe('numbers', () => {
  it.each([
    [formatCount(206922), '206,922'],
    [formatLarge(999_999), '999,999'],
    [formatLarge(1_218_048), '1.22 M'],
    [formatLarge(123_456_789), '123 M'],
    [formatLarge(4_100_000_000), '4.10 G'],
    [formatBytes(512), '512 B'],
    [formatBytes(179_856), '176 KiB'],
    [formatBytes(26_319_257), '25.1 MiB'],
    [formatDuration(0.0213), '21 ms'],
    [formatDuration(0.84), '0.8 s'],
    [formatDuration(12.3), '12 s'],
    [formatDuration(59.7), '1 min 00 s'],
    [formatDuration(80), '1 min 20 s'],
    [formatDuration(7500), '2 h 05 min'],
    [formatDuration(Infinity), '–'],
    [formatFigure(0.98765), '0.9877'],
    [formatFigure(-0.25), '−0.2500'],
    [formatFigure(0), '0.0000'],
    [formatFigure(0.00002), '2.0e−5'],
    [formatFigure(1234.5678), '1234.57'],
    [formatFigure(-12345.678), '−12,346'],
    [formatFigure(5.2193562e29), '5.2e29'],
    [formatFigure(NaN), 'NaN'],
    [formatFigure(-Infinity), '−∞'],
    [formatSetting(0.001), '0.001'],
    [formatSetting([0.9, 0.999]), '0.9, 0.999'],
    [formatSetting(true), 'yes'],
  ])('%s', (formatted, expected) => {
    expect(formatted).toBe(expected)
  })
})
