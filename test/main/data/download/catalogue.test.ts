import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { downloadNames } from '#core/graph/dataSettings'
import { downloadableSets, totalBytes } from '../../../../src-main/data/download/catalogue'

const debian = '/usr/share/datasets/fashion-mnist'

/** When the published files were packed, and their MD5 from their page and torchvision. */
const fashionMnist = [
  ['train-images-idx3-ubyte', 1504176606, '8d4fb7e6c68d591d4c3dfef9ec88bf0d'],
  ['train-labels-idx1-ubyte', 1504176606, '25c81989df183df01b3e8a0aad5dffbe'],
  ['t10k-images-idx3-ubyte', 1504176627, 'bef4ecab320f06d8554ea6380940ec79'],
  ['t10k-labels-idx1-ubyte', 1504176627, 'bb300cfdad3c16e7a12a480ee83cd310'],
] as const

/**
 * Debian packs the same bytes without name and time (`gzip -n`); adding both to the header restores the published file.
 */
function asPublished(packed: Buffer, name: string, time: number): Buffer {
  const head = Buffer.from(packed.subarray(0, 10))
  head[3] = 8
  head.writeUInt32LE(time, 4)
  return Buffer.concat([head, Buffer.from(`${name}\0`), packed.subarray(10)])
}

describe.skipIf(!existsSync(debian))('Fashion-MNIST (skipped without Debian’s dataset-fashion-mnist)', () => {
  it.each(fashionMnist)('%s has the size and the checksum of the published file', async (name, time, md5) => {
    const file = asPublished(await readFile(`${debian}/${name}.gz`), name, time)
    expect(createHash('md5').update(file).digest('hex')).toBe(md5)
    const entry = downloadableSets['fashion-mnist'].files.find((file) => file.name === `${name}.gz`)
    expect(entry).toMatchObject({
      bytes: file.byteLength,
      sha256: createHash('sha256').update(file).digest('hex'),
    })
  })
})

describe('the downloads', () => {
  it.each(downloadNames)('%s has files with several mirrors each, a license and texts in both languages', (name) => {
    const set = downloadableSets[name]
    expect(set.name).toBe(name)
    for (const file of set.files) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(file.mirrors.length).toBeGreaterThanOrEqual(3)
      expect(file.mirrors.every((mirror) => URL.canParse(mirror) && mirror.endsWith(file.name))).toBe(true)
    }
    expect(set.doc.zh).toMatch(/\p{Script=Han}/u)
    expect(URL.canParse(set.page)).toBe(true)
    expect([set.licence, set.attribution]).not.toContain('')
  })

  it('show their sizes', () => {
    expect(downloadNames.map((name) => totalBytes(downloadableSets[name]))).toEqual([
      30_878_645, 21_240_888, 170_052_171,
    ])
  })
})
