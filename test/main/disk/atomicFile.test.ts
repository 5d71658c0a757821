/** Replacing files of various kinds. */
import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeAtomically } from '../../../src-main/disk/atomicFile'
import { temporaryFolder } from '../data/temporaryFolder'

describe.skipIf(process.platform === 'win32')('writing to a path', () => {
  it('that is a pipe passes the content on and keeps the pipe, also through a link', async () => {
    const { path } = await temporaryFolder()
    const pipe = join(path, 'pipe')
    execFileSync('mkfifo', [pipe])
    symlinkSync(pipe, join(path, 'link'))
    for (const name of ['pipe', 'link']) {
      const [read] = await Promise.all([readFile(pipe, 'utf8'), writeAtomically(join(path, name), 'answers')])
      expect(read).toBe('answers')
      expect(lstatSync(pipe).isFIFO()).toBe(true)
    }
  })

  it('that is a link replaces the file it points to', async () => {
    const folder = await temporaryFolder()
    const file = await folder.write('file', 'before')
    const link = join(folder.path, 'link')
    symlinkSync(file, link)
    await writeAtomically(link, 'after')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe('after')
  })
})
