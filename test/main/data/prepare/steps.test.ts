/** Prepared data is found by what determines it: the content of the source, and every step up to it. */
import { rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pngBytes } from '../readers/pngBytes'
import { temporaryFolder } from '../temporaryFolder'
import { emptyCache, hitsOf, keysOf, prepare, tableSteps, tableText } from './preparing'

const table = (path: string, preprocess: object[] = tableSteps, split: object = {}) => ({
  source: { kind: 'table' as const, path, label: 'class' },
  split,
  preprocess: preprocess as { kind: string }[],
})

async function tableFile(count = 100): Promise<string> {
  return (await temporaryFolder()).write('rows.csv', tableText(count))
}

/** Writes other content of the same length, with the same times unless told otherwise. */
async function rewrite(path: string, content: string, sameTimes: boolean): Promise<void> {
  const { atime, mtime } = await stat(path)
  await writeFile(path, content)
  if (sameTimes) await utimes(path, atime, mtime)
  else await utimes(path, atime, new Date(mtime.getTime() + 5000))
}

describe('prepared tables', () => {
  it('are cached the second time, and equal', async () => {
    const [path, cache] = [await tableFile(), await emptyCache()]
    const first = await prepare(table(path), cache)
    expect(hitsOf(first)).toEqual({ read: false, 'fill-missing': false, standardize: false, 'one-hot': false })
    const { builds } = cache
    const second = await prepare(table(path), cache)
    expect(hitsOf(second)).toEqual({ read: true, 'fill-missing': true, standardize: true, 'one-hot': true })
    expect(cache.builds).toBe(builds)
    expect(second.fingerprint).toBe(first.fingerprint)
    expect(second.samples.inMemory).toEqual(first.samples.inMemory)
    expect(second.preprocess).toEqual(first.preprocess)
    expect(second.statistics).toEqual(first.statistics)
  })

  it('are rebuilt from the first step with different parameters, not before it', async () => {
    const [path, cache] = [await tableFile(), await emptyCache()]
    await prepare(table(path), cache)
    const other = [{ kind: 'fill-missing' }, { kind: 'min-max' }, { kind: 'one-hot' }]
    expect(hitsOf(await prepare(table(path, other), cache))).toEqual({
      read: true,
      'fill-missing': true,
      'min-max': false,
      'one-hot': false,
    })
    const constant = [
      { kind: 'fill-missing', strategy: 'constant', value: 3 },
      { kind: 'standardize' },
      { kind: 'one-hot' },
    ]
    expect(hitsOf(await prepare(table(path, constant), cache))).toEqual({
      read: true,
      'fill-missing': false,
      standardize: false,
      'one-hot': false,
    })
    const back = await prepare(table(path), cache)
    expect(Object.values(hitsOf(back))).toEqual([true, true, true, true])
  })

  it('have keys that do not depend on later steps or on explicitly written defaults', async () => {
    const [path, cache] = [await tableFile(), await emptyCache()]
    const long = keysOf(await prepare(table(path), cache))
    const short = keysOf(
      await prepare(table(path, [{ kind: 'fill-missing', strategy: 'mean' }, { kind: 'one-hot' }]), cache),
    )
    expect(short['read']).toBe(long['read'])
    expect(short['fill-missing']).toBe(long['fill-missing'])
    expect(short['one-hot']).not.toBe(long['one-hot'])
  })

  it('are rebuilt when the file is rewritten', async () => {
    const [path, cache] = [await tableFile(), await emptyCache()]
    const first = await prepare(table(path), cache)
    await rewrite(path, tableText(100).replace('red', 'dar'), false)
    const second = await prepare(table(path), cache)
    expect(hitsOf(second)['read']).toBe(false)
    expect(second.fingerprint).not.toBe(first.fingerprint)
    await rewrite(path, tableText(101), true)
    expect(hitsOf(await prepare(table(path), cache))['read']).toBe(false)
  })

  it('are found after the folder was moved', async () => {
    const [folder, cache] = [await temporaryFolder(), await emptyCache()]
    await folder.write('before/rows.csv', tableText(100))
    await prepare(table(join(folder.path, 'before/rows.csv')), cache)
    await rename(join(folder.path, 'before'), join(folder.path, 'after'))
    const moved = await prepare(table(join(folder.path, 'after/rows.csv')), cache)
    expect(Object.values(hitsOf(moved))).toEqual([true, true, true, true])
  })

  it('are read once for all splits, and fitted again for a different one', async () => {
    const [path, cache] = [await tableFile(), await emptyCache()]
    await prepare(table(path), cache)
    const other = await prepare(table(path, tableSteps, { seed: 7 }), cache)
    expect(hitsOf(other)).toEqual({ read: true, 'fill-missing': false, standardize: false, 'one-hot': false })
  })

  it('have numbers fitted on the training split only', async () => {
    const cache = await emptyCache()
    const folder = await temporaryFolder()
    const rows = (...others: number[]) =>
      [
        'x,class,set',
        '1,a,train',
        '3,b,train',
        ',a,train',
        '5,b,train',
        `${others[0]},a,val`,
        `${others[1]},b,test`,
      ].join('\n')
    const prepared = async (name: string, ...others: number[]) => {
      const path = await folder.write(name, rows(...others))
      const settings = table(path, [{ kind: 'fill-missing', strategy: 'mean' }, { kind: 'standardize' }])
      const columns = [{ name: 'set', role: 'split' as const }]
      return prepare({ ...settings, source: { ...settings.source, columns } }, cache)
    }
    const near = await prepared('near.csv', 2, 4)
    const far = await prepared('far.csv', 2000, -4000)
    expect(far.preprocess.sample).toEqual(near.preprocess.sample)
    expect(far.statistics).toEqual(near.statistics)
    // 1, 3, 3 for the missing cell, 5: mean 3, deviation √2.
    const values = [...(far.samples.inMemory as Float32Array)].map((value) => Math.round(value * 1000) / 1000)
    expect(values.slice(0, 4)).toEqual([-1.414, 0, 0, 1.414])
    expect(values.slice(4)).toEqual([1412.092, -2830.548])
  })
})

describe('prepared images', () => {
  const image = (tone: number, width = 6) =>
    pngBytes(
      width,
      4,
      Uint8Array.from({ length: (width + 1) * 4 }, (_, i) => (i % (width + 1) === 0 ? 0 : tone)),
    )
  const steps = (...list: object[]) => list as { kind: string }[]
  const resize = { kind: 'resize', size: [4, 6], mode: 'stretch' }

  async function images(): Promise<{ root: string; path: (name: string) => string }> {
    const folder = await temporaryFolder()
    for (const [i, name] of ['a/1.png', 'a/2.png', 'b/1.png', 'b/2.png'].entries())
      await folder.write(`set/${name}`, image(10 * i))
    return { root: join(folder.path, 'set'), path: (name) => join(folder.path, name) }
  }
  const settings = (path: string, preprocess = steps(resize)) => ({
    source: { kind: 'image-folder' as const, path },
    split: { validation: 0 },
    preprocess,
  })

  it('are decoded once, and kept if only a later step changes', async () => {
    const [{ root }, cache] = [await images(), await emptyCache()]
    expect(hitsOf(await prepare(settings(root), cache))).toEqual({ read: false, resize: false })
    expect(hitsOf(await prepare(settings(root), cache))).toEqual({ read: true, resize: true })
    const cropped = steps(resize, { kind: 'center-crop', size: 2 })
    expect(hitsOf(await prepare(settings(root, cropped), cache))).toEqual({
      read: true,
      resize: true,
      'center-crop': false,
    })
    const smaller = steps({ ...resize, size: 3 }, { kind: 'center-crop', size: 2 })
    expect(hitsOf(await prepare(settings(root, smaller), cache))).toEqual({
      read: true,
      resize: false,
      'center-crop': false,
    })
  })

  it('are decoded again when an image is replaced, removed, or moved to another class', async () => {
    const [{ root }, cache] = [await images(), await emptyCache()]
    const first = await prepare(settings(root), cache)
    await writeFile(join(root, 'b/2.png'), image(200))
    await utimes(join(root, 'b/2.png'), 1000, 1000)
    const changed = await prepare(settings(root), cache)
    expect(hitsOf(changed)).toEqual({ read: false, resize: false })
    expect(changed.samples.inMemory!.at(-1)).toBe(200)
    expect(first.samples.inMemory!.at(-1)).toBe(30)
    await rename(join(root, 'a/2.png'), join(root, 'b/3.png'))
    const moved = await prepare(settings(root), cache)
    expect(hitsOf(moved)['read']).toBe(false)
    expect([...moved.targets]).toEqual([0, 1, 1, 1])
  })

  it('are found after the folder was moved, including their files', async () => {
    const [{ root, path }, cache] = [await images(), await emptyCache()]
    await writeFile(join(root, 'a/3.png'), 'damaged')
    await writeFile(join(root, 'b/notes.txt'), 'x')
    await prepare(settings(root), cache)
    await rename(root, path('画像'))
    const moved = await prepare(settings(path('画像')), cache)
    expect(hitsOf(moved)).toEqual({ read: true, resize: true })
    expect(moved.notes.map(({ place }) => place.file)).toEqual([path('画像/b/notes.txt'), path('画像/a/3.png')])
    // A new step is computed from the files, which are in another location now.
    const smaller = await prepare(settings(path('画像'), steps({ ...resize, size: 3 })), cache)
    expect(hitsOf(smaller)).toEqual({ read: true, resize: false })
    expect([...smaller.samples.inMemory!.subarray(27)]).toEqual(Array<number>(9).fill(30))
  })

  it('of a list are decoded again when one of them changes', async () => {
    const [{ root }, cache] = [await images(), await emptyCache()]
    await writeFile(join(root, 'list.csv'), 'image,class\na/1.png,x\na/2.png,y\nb/1.png,x\n')
    const list = {
      source: { kind: 'image-list' as const, path: join(root, 'list.csv'), image: 'image', label: 'class' },
      split: { validation: 0 },
      preprocess: steps(resize),
    }
    await prepare(list, cache)
    expect(hitsOf(await prepare(list, cache))).toEqual({ read: true, resize: true })
    await writeFile(join(root, 'b/1.png'), image(250))
    await utimes(join(root, 'b/1.png'), 1000, 1000)
    const changed = await prepare(list, cache)
    expect(hitsOf(changed)).toEqual({ read: false, resize: false })
    expect(changed.samples.inMemory!.at(-1)).toBe(250)
  })
})

describe('prepared texts', () => {
  it('have only words of the training split in their vocabulary', async () => {
    const [folder, cache] = [await temporaryFolder(), await emptyCache()]
    const path = await folder.write(
      'mails.csv',
      'text,label,set\nbuy buy now,spam,train\nsee you,ham,train\nsee new words,ham,val\nbuy strange things,spam,test\n',
    )
    const dataset = await prepare(
      {
        source: {
          kind: 'table',
          path,
          label: 'label',
          columns: [
            { name: 'text', type: 'text' },
            { name: 'set', role: 'split' },
          ],
        },
        preprocess: [{ kind: 'tokenize' }, { kind: 'vocabulary', minCount: 1 }, { kind: 'pad', length: 3 }],
      },
      cache,
    )
    expect(dataset.facts.sample.vocabulary).toEqual(['<padding>', '<unknown>', 'buy', 'now', 'see', 'you'])
    const ids = [...dataset.samples.inMemory!]
    expect(ids.slice(0, 3)).toEqual([2, 2, 3])
    expect(ids.slice(9)).toEqual([2, 1, 1])
  })
})
