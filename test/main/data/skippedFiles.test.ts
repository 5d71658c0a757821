/** The warning about files that could not be read. */
import { expect, it } from 'vitest'
import { counted } from '#core/base/counted'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { translateProblem } from '#core/problems/translate'
import { noteSkipped } from '../../../src-main/data/skippedFiles'

const first = makeProblem('data-truncated', 'image-end', { format: 'PNG', size: 40 }, { file: 'a.png', byte: 40 })

it('counts in the singular and the plural', () => {
  expect([counted(1, 'file'), counted(0, 'file'), counted(2, 'class', 'classes')]).toEqual([
    '1 file',
    '0 files',
    '2 classes',
  ])
})

it('speaks of one file and of several, with what is wrong with the first', () => {
  expect(noteSkipped(1, 7, first)).toMatchObject({
    code: 'data-truncated',
    severity: 'warning',
    place: { file: 'a.png', byte: 40 },
    message: '1 of 7 files could not be read and was left out: The PNG image ends too early.',
    expected: 'a complete PNG image',
    received: '40 bytes',
  })
  expect(noteSkipped(2, 7, first).message).toBe(
    '2 of 7 files could not be read and were left out. The first: The PNG image ends too early.',
  )
})

it('speaks Chinese to the end, the first problem included', () => {
  expect(translateProblem(noteSkipped(2, 7, first), 'zh-CN').message).toBe(
    '7 个文件中有 2 个无法读取，未被采用。第一个：PNG 图像过早结束。',
  )
  expect(translateProblem(noteSkipped(1, 7, first), 'zh-CN').message).toBe(
    '7 个文件中有 1 个无法读取，未被采用：PNG 图像过早结束。',
  )
})

it('has a code with a sentence for any first problem', () => {
  const other: Problem = { ...first, code: 'file-outside' }
  expect(noteSkipped(1, 2, other).code).toBe('data-format')
})
