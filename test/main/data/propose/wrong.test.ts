/** Anything dropped on the window gets a response: that it cannot be used, and why. */
import { readFileSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { asNobody } from '../readers/asNobody'
import { fixture } from '../readers/fixtures'
import { temporaryFolder } from '../temporaryFolder'

const program = readFileSync(process.execPath).subarray(0, 100_000)

describe('a file that is not a dataset', () => {
  it.each([
    ['an empty file', 'a.csv', '', 'data-empty'],
    ['white space', 'a.csv', '\n\n  \n', 'data-empty'],
    ['a header alone', 'a.csv', 'a,b,c\n', 'data-empty'],
    ['a program', 'a.csv', program, 'data-format'],
    ['a program without a name', 'a', program, 'data-format'],
    ['a workbook', 'a.xlsx', Buffer.from('PK\x03\x04…'), 'data-format'],
    ['a document', 'a.pdf', '%PDF-1.7\n', 'data-format'],
    ['a gzip file', 'a.csv.gz', gzipSync('a,b\n1,2\n'), 'data-format'],
    ['a single image', 'a.png', readFileSync(fixture('images/rgb.png')), 'data-format'],
    ['half an array', 'a.npy', Buffer.from('\x93NUMPY\x01\x00', 'latin1'), 'data-missing'],
    ['an archive that is none', 'a.npz', 'no archive', 'data-truncated'],
    ['IDX labels alone', 'labels-idx1-ubyte', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5), 'data-missing'],
    ['an empty Parquet file', 'a.parquet', '', 'data-format'],
    ['a column alone', 'a.csv', 'x\n1\n2\n1\n', 'data-column'],
    ['names twice', 'a.csv', 'x,x,y\n1,2,a\n3,4,b\n', 'data-column'],
  ])('%s: a clear problem', async (_, name, content, code) => {
    const folder = await temporaryFolder()
    const path = await folder.write(name, content)
    const { problems } = await proposeData(path)
    const [first] = problems.filter(({ severity }) => severity === 'error')
    expect(first).toMatchObject({ code, place: { file: path } })
    for (const text of [first!.message, first!.received, first!.fix]) expect(text).toMatch(/\S/)
  })

  it.each([
    ['a header alone', 'a,b,lab\n', 'data-empty'],
    ['a quote without end', 'a,b,lab\n1,"2,x\n1,2,y\n', 'data-format'],
  ])('%s: its columns are not reported in addition', async (_, content, code) => {
    const folder = await temporaryFolder()
    const { problems } = await proposeData(await folder.write('a.csv', content))
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ code }])
  })

  it('counts the columns that are not listed', async () => {
    const folder = await temporaryFolder()
    const names = Array.from({ length: 28 }, (_, i) => `x${i}`)
    const text = [names, names.map(() => '1'), names.map(() => '1')].map((row) => row.join(',')).join('\n')
    const { problems } = await proposeData(await folder.write('a.csv', text))
    expect(problems[0]!.received).toBe(`${names.slice(0, 20).join(', ')}, … and 8 more`)
  })

  it('lists the rows that do not fit, and shows the others', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write(
      'a.csv',
      ['x,y,class', '1,2,a', '3,b', '5,6,b', '7,8,9,b', ...Array<string>(30).fill('1,1,a')].join('\n'),
    )
    const proposal = await proposeData(path)
    expect(proposal.problems).toMatchObject([
      { code: 'data-row', severity: 'error', place: { file: path, line: 3 }, received: '2 cells' },
      { code: 'data-row', severity: 'error', place: { file: path, line: 5 }, received: '4 cells' },
    ])
    expect(proposal.table!.rows.slice(0, 3)).toEqual([
      ['1', '2', 'a'],
      ['5', '6', 'b'],
      ['1', '1', 'a'],
    ])
  })

  it('reports the first non-numeric cell in a column of numbers', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('a.csv', 'x,class\n1,a\n2,b\nabout 3,a\n4,b\n')
    expect((await proposeData(path)).problems).toMatchObject([
      { code: 'data-cell', severity: 'error', place: { line: 4, column: 'x' }, received: '"about 3"' },
    ])
  })

  it('reports that a column cannot be the label', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write(
      'a.csv',
      ['name,same', ...Array.from({ length: 40 }, (_, i) => `Anna ${i},1`)].join('\n'),
    )
    expect((await proposeData(path)).problems.at(-1)).toMatchObject({ code: 'data-label', received: 'name, same' })
    const chosen = await proposeData(path, { kind: 'table', path, label: 'same', columns: [] })
    expect(chosen.problems).toContainEqual(expect.objectContaining({ code: 'data-label', received: 'only "1"' }))
  })
})

describe('a folder that is not a dataset', () => {
  const problemsOf = async (...names: string[]) => {
    const folder = await temporaryFolder()
    for (const name of names) {
      if (name.endsWith('/')) await mkdir(join(folder.path, name), { recursive: true })
      else await folder.write(name, name.endsWith('.csv') ? 'a,b\n1,x\n2,y\n' : 'x')
    }
    return (await proposeData(folder.path)).problems
  }

  it.each([
    ['an empty folder', [], 'data-empty'],
    ['a folder of empty folders', ['a/', 'b/'], 'data-empty'],
    ['images without classes', ['1.png', '2.png'], 'data-label'],
    ['one class of images', ['cats/1.png', 'readme.txt'], 'data-label'],
    ['one class of texts', ['ham/1.txt', 'b.bin'], 'data-label'],
    ['several tables', ['train.csv', 'test.csv'], 'data-format'],
    ['an array alone', ['x.npy', 'readme.txt'], 'data-missing'],
  ])('%s: a clear problem', async (_, names, code) => {
    expect(await problemsOf(...names)).toMatchObject([{ code, severity: 'error' }])
  })

  it('that does not exist, or may not be read', async () => {
    const folder = await temporaryFolder()
    expect((await proposeData(join(folder.path, 'nowhere'))).problems).toMatchObject([{ code: 'data-missing' }])
    const closed = join(folder.path, 'closed')
    await mkdir(closed)
    await chmod(folder.path, 0o755)
    await chmod(closed, 0)
    const { problems } = await asNobody(() => proposeData(closed))
    expect(problems).toMatchObject([{ code: 'data-missing', place: { file: closed } }])
  })

  it('of damaged texts', async () => {
    const folder = await temporaryFolder()
    await folder.write('a/1', program)
    await folder.write('b/1', program)
    const { source, problems } = await proposeData(folder.path)
    expect(source).toBeNull()
    expect(problems.every(({ severity }) => severity === 'error')).toBe(true)
  })
})
