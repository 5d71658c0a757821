/** Sentences on files that could not be read. */
import { expect, it } from 'vitest'
import { counted } from '#core/base/counted'
import { skippedMessage } from '../../../src-main/data/skippedFiles'

it('speak of one file and of several', () => {
  expect([counted(1, 'file'), counted(0, 'file'), counted(2, 'class', 'classes')]).toEqual([
    '1 file',
    '0 files',
    '2 classes',
  ])
  expect(skippedMessage(1, 7, 'It is empty.')).toBe('1 of 7 files could not be read and was left out: It is empty.')
  expect(skippedMessage(2, 7, 'It is empty.')).toBe(
    '2 of 7 files could not be read and were left out. The first: It is empty.',
  )
})
