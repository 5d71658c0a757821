/** What makes a test set distinct: its content, not its location or file names. */
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testSetKey } from '../../../src-main/data/testSeal'
import { emptyCache, prepare } from './prepare/preparing'
import { temporaryFolder } from './temporaryFolder'

const picture = (grey: number, dot: number) => {
  const pixels = Buffer.alloc(16, grey)
  pixels[dot % 16] = 128
  return Buffer.concat([Buffer.from('P5 4 4 255\n'), pixels])
}

/** Two classes of ten images each, with the same file names in every set. */
async function pictures(folder: string, grey: number): Promise<void> {
  for (const name of ['one', 'two']) {
    await mkdir(join(folder, name), { recursive: true })
    for (let i = 0; i < 10; i++)
      await writeFile(join(folder, name, `${i}.pgm`), picture(grey + (name === 'two' ? 9 : 0), i))
  }
}

async function keyOf(path: string): Promise<string> {
  const source = { kind: 'image-folder' as const, path }
  return testSetKey(await prepare({ source, split: { validation: 0.2, test: 0.2 } }, await emptyCache()))
}

describe('the key of a test set of image files', () => {
  it('depends on its pixels: others of the same names are a different set, moved ones the same', async () => {
    const { path } = await temporaryFolder()
    const [dark, bright, moved] = [join(path, 'dark'), join(path, 'bright'), join(path, '别处', 'moved')]
    await pictures(dark, 20)
    await pictures(bright, 200)
    await cp(dark, moved, { recursive: true })
    const key = await keyOf(dark)
    expect(await keyOf(moved)).toBe(key)
    expect(await keyOf(bright)).not.toBe(key)
    await pictures(moved, 30)
    expect(await keyOf(moved)).not.toBe(key)
  })
})
