/** Selection of a project's runs. */
import { expect, it } from 'vitest'
import { runsOf } from '#core/runs/runsOf'

const run = (document: string, startedAt: string) => ({ document, startedAt })
const runs = [
  run('the-copy', '2026-03-03T10:00:00Z'),
  run('the-first', '2026-03-02T10:00:00Z'),
  run('the-first', '2026-03-01T10:00:00Z'),
  run('a-stranger', '2026-02-01T10:00:00Z'),
]

it('runs of a project are those of its document and, for a copy, those that existed when it was made', () => {
  expect(runsOf({ id: 'the-first' }, runs)).toEqual([runs[1], runs[2]])
  const copy = { id: 'the-copy', origin: { id: 'the-first', at: '2026-03-01T12:00:00Z' } }
  expect(runsOf(copy, runs)).toEqual([runs[0], runs[2]])
  expect(runsOf({ id: 'a-new-canvas' }, runs)).toEqual([])
})
