/** Text that keeps its columns in a terminal, for any content. */
import { describe, expect, it } from 'vitest'
import { shellWord, shortPath } from '../../../../src-main/cli/view/paths'
import { alignRows, formatTable } from '../../../../src-main/cli/view/table'
import { cellWidth, printable, twoColumns, wrap } from '../../../../src-main/cli/view/text'

describe('text in a terminal', () => {
  it('counts two cells for Chinese and none for combining marks', () => {
    expect(cellWidth('卷积1')).toBe(5)
    expect(cellWidth('e\u0301')).toBe(1)
  })

  it('shows control characters of untrusted text instead of interpreting them', () => {
    expect(printable('a\u001B[2Jb\n\u202Ec')).toBe('a\\x1b[2Jb\\x0a\\x202ec')
  })

  it('breaks lines at spaces and keeps long words intact', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
    expect(wrap('a/very/long/path here', 8)).toEqual(['a/very/long/path', 'here'])
  })

  it('lays out labels and texts in two columns, with wrapped texts indented', () => {
    const text = twoColumns(
      [
        ['fix', 'Set it to one of the values that it can have.'],
        ['expected', 'x'],
      ],
      { indent: 2, columns: 40 },
    )
    expect(text).toBe('  fix       Set it to one of the values\n            that it can have.\n  expected  x\n')
  })

  it('does not clip the last cell of a short row', () => {
    const rows = [
      ['a #0', 'cat 0.9', 'dog 0.1'],
      ['a #1', 'no answer: the cell is no number'],
    ]
    expect(alignRows(rows)).toEqual(['  a #0   cat 0.9   dog 0.1', '  a #1   no answer: the cell is no number'])
  })

  it('aligns a table with Chinese names', () => {
    const columns = [
      { title: 'name', align: 'left' },
      { title: 'n', align: 'right' },
    ] as const
    expect(
      formatTable(columns, [
        ['卷积', '12'],
        ['fc', '3'],
      ]),
    ).toEqual(['  name    n', '  卷积   12', '  fc      3'])
  })
})

describe('paths', () => {
  it('are relative inside the current folder and absolute outside', () => {
    expect(shortPath('/a/b/c', '/a')).toBe('b/c')
    expect(shortPath('/x', '/a')).toBe('/x')
  })

  it('are quoted for a shell only if necessary', () => {
    expect(shellWord('runs/2026_mnist', 'linux')).toBe('runs/2026_mnist')
    expect(shellWord("it's here", 'linux')).toBe(`'it'\\''s here'`)
    expect(shellWord('my runs', 'win32')).toBe('"my runs"')
  })
})
