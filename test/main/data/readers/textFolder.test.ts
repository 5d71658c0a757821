import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readTextFile, scanTextFolder } from '../../../../src-main/data/readers/textFolder'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { fixture } from './fixtures'

describe('folders of texts', () => {
  it('accept texts and mails with any extension or none, and leave out other files by name', async () => {
    const folder = await temporaryFolder()
    for (const name of [
      'ham/00001.7c53336b37003a9286aba55d2945844c',
      'ham/2.txt',
      'spam/3.eml',
      'spam/4.pdf',
      'spam/5.JPG',
    ]) {
      await folder.write(name, 'Subject: x\n')
    }
    const { classes, files, skipped } = await scanTextFolder(folder.path)
    expect(classes).toEqual(['ham', 'spam'])
    expect(files.map(({ path }) => path)).toEqual([
      'ham/00001.7c53336b37003a9286aba55d2945844c',
      'ham/2.txt',
      'spam/3.eml',
    ])
    expect(skipped).toEqual([
      { file: 'spam/4.pdf', reason: 'not a text: .pdf' },
      { file: 'spam/5.JPG', reason: 'not a text: .jpg' },
    ])
  })

  it.each([
    ['chinese-gb18030.csv', 'gb18030', '王小明,北京,31'],
    ['japanese-shift_jis.csv', 'shift_jis', 'さとう はなこ,とうきょう,31'],
    ['korean-euc_kr.csv', 'euc-kr', '김민수,서울,31'],
    ['french-cp1252.csv', 'windows-1252', 'René Lefèvre,Orléans,31'],
    ['chinese-utf-16-bom.csv', 'utf-16le', '王小明,北京,31'],
    ['chinese-utf-8-sig.csv', 'utf-8', '王小明,北京,31'],
  ])('read %s in its encoding', async (name, encoding, line) => {
    const { text, encoding: found } = await readTextFile(fixture(`text/${name}`))
    expect([found, text.split('\n')[1]]).toEqual([encoding, line])
  })

  it('report the encoding if it is a guess, and accept an explicit one', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('a.txt', Buffer.from('caf\xe9', 'latin1'))
    expect(await readTextFile(path)).toMatchObject({
      text: 'café',
      encoding: 'windows-1252',
      notes: [{ code: 'data-encoding', severity: 'warning', place: { file: path } }],
    })
    const chinese = await readFile(fixture('text/chinese-gb18030.csv'))
    expect((await readTextFile(await folder.write('b.txt', chinese), 'gb18030')).notes).toEqual([])
  })

  it('reject bytes that are not text, an encoding other than the chosen one, and more than 10 MiB', async () => {
    const folder = await temporaryFolder()
    const [nul] = await problemsOf(readTextFile(await folder.write('a.txt', 'one\ntwo\0three')))
    expect(nul).toMatchObject({ code: 'data-format', place: { line: 2, byte: 7 } })
    const latin1 = await folder.write('b.txt', Buffer.from('one\ncaf\xe9\n', 'latin1'))
    const [wrong] = await problemsOf(readTextFile(latin1, 'utf-8'))
    expect(wrong).toMatchObject({ code: 'data-encoding', place: { line: 2, byte: 4 } })
    const [large] = await problemsOf(readTextFile(await folder.write('c.txt', Buffer.alloc(10 * 2 ** 20 + 1, 32))))
    expect(large).toMatchObject({ code: 'data-too-large' })
  })
})
