/** `layerloom data inspect`: projects, tables, folders of images and texts, and their problems. */
import { readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../data/temporaryFolder'
import { jsonLines, ROOT, runCli, sample } from './runCli'
import { eventually } from '../../support/eventually'

interface Report {
  readonly title: string
  readonly task: string
  readonly samples: Record<string, number>
  readonly classes: readonly { name: string; train: number; validation: number; test: number }[] | null
  readonly columns: readonly Record<string, unknown>[]
  readonly channels: readonly { mean: number; deviation: number }[]
  readonly images: { sizes: readonly object[]; channels: object; looked: number; files: number } | null
  readonly vocabulary: number | null
  readonly problems: readonly { code: string; severity: string; message: string; data?: { case?: string } }[]
  readonly unreadable: readonly { file: string; code: string; message: string }[]
}

let caches: Record<string, string>

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'layerloom-'))
  caches = { LAYERLOOM_HOME: folder, LAYERLOOM_CACHE: join(folder, 'cache'), NO_COLOR: '1' }
  return () => rm(folder, { recursive: true, force: true })
})

const inspect = (...words: string[]) => runCli(['data', 'inspect', ...words], { env: caches })

async function report(...words: string[]): Promise<Report> {
  const { code, stdout, stderr } = await inspect(...words, '--json')
  expect(code, stderr + stdout).toBe(0)
  return jsonLines(stdout)[0] as Report
}

describe('layerloom data inspect', () => {
  it('shows the data of a project: classes, columns as stored, and how they are used', async () => {
    const { code, stdout, stderr } = await inspect(sample('penguins'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^ {2}split +223 training · 69 validation · 52 test \(drawn with seed 0\)$/m)
    expect(stdout).toMatch(/^ {2}Gentoo +█+▏ +36 % +80 +25 +19$/m)
    expect(stdout).toMatch(/^ {2}Body Mass \(g\) +[▁-█ ]+ +< 1 % +94 +4180 +± 794\.6 +2700 +5950$/m)
    expect(stdout).toMatch(/^ {2}Island +0 % +3 +Biscoe 48 % · Dream 36 % · Torgersen 16 %$/m)
    expect(stdout).toMatch(/^ {2}Species +label +categorical +– +3 +Adelie, Chinstrap, Gentoo$/m)
    expect(stdout.endsWith('No issues found.\n')).toBe(true)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('prints the same as one object', async () => {
    const { title, task, samples, classes, columns } = await report(sample('penguins'))
    expect({ title, task, samples }).toEqual({
      title: 'Palmer penguins',
      task: 'classification',
      samples: { count: 344, train: 223, validation: 69, test: 52 },
    })
    expect(classes?.[1]).toEqual({ name: 'Chinstrap', train: 44, validation: 14, test: 10 })
    expect(columns[0]).toMatchObject({ name: 'Species', role: 'label', type: 'categorical', values: 3 })
    expect(columns.find(({ name }) => name === 'Sex')).toMatchObject({
      role: 'feature',
      missing: 11,
      training: { categories: [{ name: 'FEMALE' }, { name: 'MALE' }] },
    })
  })

  it('applies settings to a project, and rejects options without effect', async () => {
    const { samples } = await report(sample('penguins'), '--set', 'data.split.test=0')
    expect(samples['test']).toBe(0)
    for (const words of [
      [sample('penguins'), '--label', 'Sex'],
      ['prices.csv', '--set', 'data.split.test=0'],
    ])
      expect(await inspect(...words)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('does not work') as string,
      })
  })

  it('reads a table as is, and names possible issues', async () => {
    const folder = await temporaryFolder()
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${i};${i % 40 === 0 ? '' : (i * 7) % 31};1;${i % 3 ? '北京' : 'Köln'}`,
    )
    const path = await folder.write('价格.csv', ['id;größe;const;ort', ...rows].join('\n'))
    const { columns, problems, samples } = await report(path, '--label', 'ort')
    expect(samples['count']).toBe(200)
    expect(columns.find(({ name }) => name === 'größe')).toMatchObject({ type: 'numeric', missing: 5, values: 31 })
    expect(problems.map(({ data }) => data?.case)).toContain('constant')
    const { stdout } = await inspect(path, '--label', 'ort')
    expect(stdout).toContain('semicolon-separated, utf-8, with column names')
    expect(stdout).toContain('Column const has the same value in every training row.')
    expect(await inspect(path, '--label', 'nope')).toMatchObject({ code: 2 })
  })

  it('reports the number format, and which values mean a missing cell', async () => {
    const { stdout } = await inspect(join(ROOT, 'test/fixtures/data/tables/decimal-comma.csv'))
    expect(stdout).toMatch(/^ +written +semicolon-separated, utf-8, with column names, decimal comma$/m)
    expect(stdout).toMatch(/^ +missing +empty cells {2}NA {2}.*None {2}#N\/A/m)
    expect(stdout).toMatch(/^ +Zucker .* 0 % +40 +2\.15/m)
  })

  it('measures the images of a folder: sizes, colors, channels, duplicates across splits', async () => {
    const folder = await temporaryFolder()
    const picture = (width: number, height: number, background: string) =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer()
    for (let i = 0; i < 12; i++) {
      await folder.write(join('水果', 'red', `${i}.png`), await picture(20 + (i % 2) * 10, 16, '#ff0000'))
      await folder.write(join('水果', 'blue', `${i}.png`), await picture(20, 16, `#0000${(100 + i).toString(16)}`))
    }
    const path = join(folder.path, '水果')
    const { images, channels, problems } = await report(path)
    expect(images).toEqual({
      looked: 24,
      files: 24,
      sizes: [
        { width: 20, height: 16, count: 18 },
        { width: 30, height: 16, count: 6 },
      ],
      channels: { 3: 24 },
    })
    expect(channels).toHaveLength(3)
    expect(channels[1]).toEqual({ mean: 0, deviation: 0 })
    expect(problems.some(({ data }) => data?.case === 'duplicates-across')).toBe(true)
    expect((await inspect(path)).stdout).toMatch(/^ {2}20 × 16 \(75 %\) · 30 × 16 \(25 %\)$/m)
  })

  it('lists every unreadable image and text file, even if most of them are unreadable', async () => {
    const folder = await temporaryFolder()
    const picture = await sharp({ create: { width: 20, height: 16, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer()
    const half = picture.subarray(0, picture.length / 2)
    for (let i = 0; i < 40; i++) {
      await folder.write(join('some', i % 2 ? 'a' : 'b', `${i}.png`), i < 3 ? half : picture)
      await folder.write(join('most', i % 2 ? 'a' : 'b', `${i}.png`), i < 25 ? half : picture)
      await folder.write(join('texts', i % 2 ? 'a' : 'b', `${i}.txt`), i < 2 ? 'a\0b' : `word ${i}`)
    }
    const why = { code: 'data-truncated', message: 'The PNG image ends too early.' }
    const some = await report(join(folder.path, 'some'))
    expect(some.unreadable).toEqual([
      { file: join('a', '1.png'), ...why },
      { file: join('b', '0.png'), ...why },
      { file: join('b', '2.png'), ...why },
    ])
    expect(some.problems[0]).toMatchObject({ received: `${half.length} bytes`, data: { case: 'skipped', count: 3 } })
    const most = await inspect(join(folder.path, 'most'))
    expect(most.code).toBe(2)
    expect(most.stdout).toMatch(/^Files that cannot be read\n {2}a\/1\.png +The PNG image ends too early\.$/m)
    expect(most.stdout).toContain(
      '  … and 5 more files; --json lists them all\n\nPossible issues\n\nerror: 25 of 40 files',
    )
    const texts = await report(join(folder.path, 'texts'))
    expect(texts.unreadable.map(({ file }) => file)).toEqual([join('a', '1.txt'), join('b', '0.txt')])
  })

  it('counts the words of texts', async () => {
    const { vocabulary, samples } = await report(sample('spam'))
    expect({ vocabulary, samples }).toEqual({
      vocabulary: 10_000,
      samples: { count: 3000, train: 2100, validation: 450, test: 450 },
    })
    expect((await inspect(sample('spam'))).stdout).toMatch(/^ {2}vocabulary +9,998 words: the to /m)
  })

  it('reports how often the test set was looked at: by runs and by evaluations', async () => {
    const { path } = await temporaryFolder()
    const env = { ...caches, LAYERLOOM_HOME: join(path, 'home') }
    const cli = (...words: string[]) => runCli(words, { env })
    const run = join(path, 'run')
    expect((await cli('data', 'inspect', sample('penguins'))).stdout).not.toMatch(/^ {2}test set /m)
    expect((await cli('train', sample('penguins'), '--epochs', '1', '--out', run)).code).toBe(0)
    expect((await cli('evaluate', run)).code).toBe(0)
    expect((await cli('evaluate', run, '--split', 'validation')).code).toBe(0)
    expect((await cli('data', 'inspect', sample('penguins'))).stdout).toMatch(/^ {2}test set +used 2 times$/m)
  })

  it.each([
    ['nothing', 'nowhere.csv', 'data-missing'],
    ['a project that is none', 'broken.loom', 'project-not-json'],
    ['an empty table', 'empty.csv', 'data-empty'],
  ])('reports what is wrong with %s', async (_, name, code) => {
    const folder = await temporaryFolder()
    if (name !== 'nowhere.csv') await folder.write(name, name === 'empty.csv' ? '' : '{')
    const { code: exit, stdout } = await inspect(join(folder.path, name), '--json')
    expect(exit).toBe(2)
    expect(jsonLines(stdout)).toMatchObject([{ event: 'error', code }])
  })

  it.skipIf(process.platform !== 'linux')('stops on Ctrl-C in the middle of a large file', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('large.csv', `a,b,y\n${'0.123456,7,x\n0.654321,8,z\n'.repeat(2_000_000)}`)
    const interruptWhileReading = async (id: number) => {
      await eventually(() => expect(openFiles(id)).toContain(path), { interval: 5 })
      process.kill(id, 'SIGINT')
    }
    let interrupted: Promise<void> | undefined
    const onStart = (id: number) => void (interrupted = interruptWhileReading(id))
    const { code, stdout } = await runCli(['data', 'inspect', path], { env: caches, onStart })
    await interrupted
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  })

  it.skipIf(process.platform === 'win32')('is interrupted by Ctrl-C while still loading', async () => {
    const asModule = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`
    const hooks = asModule(`export async function load(url, context, next) {
      if (url.includes('/chunks/program')) process.kill(process.pid, 'SIGINT')
      return next(url, context)
    }`)
    const registering = asModule(`import { register } from 'node:module'; register(${JSON.stringify(hooks)})`)
    const env = { ...caches, NODE_OPTIONS: `--import ${registering}` }
    const { code, stdout } = await runCli(['data', 'inspect', sample('penguins')], { env })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  })
})

/** Files that a process has open (Linux only). */
function openFiles(id: number): string[] {
  const folder = `/proc/${id}/fd`
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))]
    } catch {
      // Closed in the meantime.
      return []
    }
  })
}
