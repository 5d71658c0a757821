/** Items dropped on the window: a single project file is opened, everything else is data. */
import { expect, it } from 'vitest'
import { projectFileOf, type DroppedItem } from '../../../src-renderer/frame/droppedItem'

const file = (name: string): DroppedItem => ({ file: new File([''], name), entry: null })
const folder = (name: string): DroppedItem => ({
  file: new File([''], name),
  entry: { isDirectory: true, isFile: false, name } as FileSystemEntry,
})

it('treats a single .loom file as a project, regardless of case', () => {
  const taken = [
    [file('Digits.LOOM')],
    [file('rows.csv')],
    [folder('digits.loom')],
    [file('a.loom'), file('b.loom')],
    [],
  ]
  expect(taken.map((items) => projectFileOf(items)?.name)).toEqual([
    'Digits.LOOM',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
