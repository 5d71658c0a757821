/** From a user's folder of images to predictions: new, train, predict on folders, and a table of answers. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonLines, runCli } from './runCli'

const SIDE = 8

/** A gray image, dark or bright, with a dot at varying positions so that no two are the same. */
function picture(grey: number, dot: number): Buffer {
  const pixels = Buffer.alloc(SIDE * SIDE, grey)
  pixels[dot % pixels.length] = 128
  return Buffer.concat([Buffer.from(`P5 ${SIDE} ${SIDE} 255\n`), pixels])
}

let folder: string
const at = (...parts: string[]): string => join(folder, ...parts)
const cli = (...words: string[]) => runCli(words, { cwd: folder })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-自己-'))
  for (const [name, grey] of [
    ['dark', 20],
    ['light, very', 230],
  ] as const) {
    await mkdir(at('photos', name), { recursive: true })
    for (let i = 0; i < 30; i++) await writeFile(at('photos', name, `p${i}.pgm`), picture(grey, i))
  }
  await mkdir(at('asked', 'more'), { recursive: true })
  await writeFile(at('asked', '2.pgm'), picture(25, 3))
  await writeFile(at('asked', '10.pgm'), picture(240, 3))
  await writeFile(at('asked', 'broken.png'), 'no picture')
  await writeFile(at('asked', 'readme.md'), 'not asked about')
  await writeFile(at('asked', 'more', 'a.pgm'), picture(15, 5))
  await mkdir(at('empty'))
  expect((await cli('new', 'photos')).code).toBe(0)
  const words = ['--epochs', '12', '--batch-size', '8', '--lr', '0.01', '--out', 'run', '--json']
  const { code, stdout, stderr } = await cli('train', 'photos.loom', ...words)
  expect(code, stdout + stderr).toBe(0)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('layerloom new', () => {
  it('creates a project from data, like the window does', async () => {
    const { code, stdout } = await cli('new', 'photos', '-o', 'again', '--json')
    expect(code).toBe(0)
    expect(jsonLines(stdout)).toMatchObject([
      {
        file: at('again.loom'),
        name: 'photos',
        task: 'classification',
        source: { kind: 'image-folder', path: 'photos' },
        samples: { train: 42, validation: 9, test: 9 },
        target: { kind: 'classes', classes: ['dark', 'light, very'] },
        problems: [],
      },
    ])
    const project = JSON.parse(await readFile(at('again.loom'), 'utf8')) as {
      training: object
      graph: { nodes: object[] }
    }
    expect(project.training).toMatchObject({ loss: { kind: 'cross-entropy' }, optimizer: { kind: 'adam' }, epochs: 20 })
    expect(project.graph.nodes[0]).toMatchObject({ id: 'input' })
    expect(project.graph.nodes.at(-2)).toMatchObject({ id: 'fc2', params: { outFeatures: 2 } })
  })

  it('replaces a project only with --force', async () => {
    const before = await readFile(at('photos.loom'), 'utf8')
    const refused = await cli('new', 'photos')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/A project with this name already exists\.[^]*--force/)
    expect(await readFile(at('photos.loom'), 'utf8')).toBe(before)
    expect((await cli('new', 'photos', '--force')).code).toBe(0)
  })

  it('reports what is wrong with unusable data', async () => {
    const { code, stderr } = await cli('new', 'empty')
    expect(code).toBe(2)
    expect(stderr).toContain('error:')
    const label = await cli('new', 'nowhere.csv', '--label', 'x')
    expect(label.code).toBe(2)
  })
})

describe('layerloom predict', () => {
  it('accepts folders, predicts all readable files, names the rest, and exits with 1', async () => {
    const { code, stdout, stderr } = await cli('predict', 'run', 'asked', '--top', '1')
    expect(code).toBe(1)
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toMatchObject([
      [join('asked', '2.pgm'), expect.stringMatching(/^dark 0\.[5-9]|^dark 1/)],
      [join('asked', '10.pgm'), expect.stringMatching(/^light, very/)],
      [join('asked', 'more', 'a.pgm'), expect.stringMatching(/^dark/)],
      [''],
    ])
    expect(stderr).toContain(join('asked', 'broken.png'))
    expect(stderr).not.toContain('readme.md')
  })

  it('prints the same as JSON lines', async () => {
    const { code, stdout, stderr } = await cli('predict', 'run', 'asked', 'nowhere.pgm', '--json')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const lines = jsonLines(stdout) as { event: string; file: string }[]
    expect(lines.map(({ event, file }) => [event, file])).toEqual([
      ['prediction', join('asked', '2.pgm')],
      ['prediction', join('asked', '10.pgm')],
      ['prediction', join('asked', 'more', 'a.pgm')],
      ['error', join('asked', 'broken.png')],
      ['error', 'nowhere.pgm'],
    ])
  })

  it('writes a table: file, row, answer, the probability of every class, and the problem of what has no answer', async () => {
    const { code, stdout } = await cli('predict', 'run', 'asked', '-o', 'answers.csv')
    expect(code).toBe(1)
    expect(stdout).toBe('answers.csv  3 predictions; one file failed\n')
    const [head, ...rows] = (await readFile(at('answers.csv'), 'utf8')).split('\r\n')
    expect(head).toBe('file,row,answer,dark,"light, very",problem')
    expect(rows[0]).toMatch(/^asked.2\.pgm,1,dark,[\d.]+,[\d.]+(e-\d+)?,$/)
    expect(rows[1]).toMatch(/^asked.10\.pgm,1,"light, very",/)
    expect(rows[3]).toMatch(/^asked.broken\.png,,,,,\S/)
    const [dark, light] = rows[0]!.split(',').slice(3).map(Number)
    expect(dark! + light!).toBeCloseTo(1, 6)
  })

  it('exits with 2 if there are no predictions at all, and does not overwrite its input', async () => {
    expect((await cli('predict', 'run', 'empty')).code).toBe(2)
    const { code, stderr } = await cli('predict', 'run', join('asked', '2.pgm'), '-o', join('asked', '2.pgm'))
    expect(code).toBe(2)
    expect(stderr).toContain('The table would overwrite an input file.')
    expect((await cli('predict', 'run', 'asked', '-o', join('no', 'such', 'a.csv'))).code).toBe(2)
  })
})

describe('layerloom evaluate', () => {
  const evaluate = (...words: string[]) => cli('evaluate', join('run', 'model.onnx'), ...words, '--json')

  beforeAll(async () => {
    await mkdir(at('other', 'dark'), { recursive: true })
    await mkdir(at('other', 'light, very'))
    for (const [i, grey] of [15, 25, 240].entries()) await writeFile(at('other', 'dark', `${i}.pgm`), picture(grey, i))
    await writeFile(at('other', 'light, very', '3.pgm'), picture(235, 3))
  })

  it('measures all labeled data given by --data', async () => {
    const { code, stdout, stderr } = await evaluate('--data', 'other')
    expect(code, stdout + stderr).toBe(0)
    expect(jsonLines(stdout)).toMatchObject([
      { event: 'evaluation', split: null, data: at('other'), samples: 4, figures: { accuracy: 0.75 } },
    ])
  })

  it('has no splits for data the model was not trained on: other data, swapped classes', async () => {
    const refused = { event: 'error', code: 'data-checksum' }
    const other = await evaluate('--data', 'other', '--split', 'test')
    expect([other.code, jsonLines(other.stdout)]).toMatchObject([2, [refused]])
    const swap = async () => {
      await rename(at('photos', 'dark'), at('dark'))
      await rename(at('photos', 'light, very'), at('photos', 'dark'))
      await rename(at('dark'), at('photos', 'light, very'))
    }
    await swap()
    try {
      const swapped = await evaluate()
      expect([swapped.code, jsonLines(swapped.stdout)]).toMatchObject([2, [refused]])
    } finally {
      await swap()
    }
    expect((await evaluate()).code).toBe(0)
  })
})

describe('layerloom export', () => {
  it('works without the data, verified with answers stored in the run', async () => {
    const words = ['export', 'run', '-o', 'model.onnx', '--json']
    expect(jsonLines((await cli(...words)).stdout)).toMatchObject([{ event: 'exported', proof: 'data', samples: 9 }])
    const before = await readFile(at('model.onnx'))
    await rename(at('photos'), at('away'))
    try {
      expect(jsonLines((await cli(...words)).stdout)).toMatchObject([{ event: 'exported', proof: 'kept', samples: 9 }])
      expect((await readFile(at('model.onnx'))).equals(before)).toBe(true)
      const said = await cli('export', 'run', '-o', 'model.onnx')
      expect(said.stdout).toContain('on 9 samples kept with the run, because its data no longer exists; largest')
      const kept = at('run/checkpoints/proof.safetensors')
      const bytes = await readFile(kept)
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.at(-1)! ^ 0x40, damaged.length - 1)
      await writeFile(kept, damaged)
      const { stdout } = await cli(...words)
      expect(stdout, 'a damaged proof proves nothing').toMatch(/data-missing[^]*run-damaged/)
      await writeFile(kept, bytes)
      await rename(kept, at('proof'))
      const refused = await cli('export', 'run', '-o', 'other.onnx')
      expect(refused.code).toBe(2)
      expect(refused.stderr).toMatch(/code +data-missing/)
      expect(refused.stderr).toContain('The run has kept no samples that the model could be proved with.')
    } finally {
      await rename(at('proof'), at('run/checkpoints/proof.safetensors')).catch(() => undefined)
      await rename(at('away'), at('photos'))
    }
  })

  it('reports that the data has changed', async () => {
    const [first] = (await readdir(at('photos/dark'))).sort()
    const photo = at(`photos/dark/${first}`)
    await rename(photo, at('photo'))
    try {
      const { stdout } = await cli('export', 'run', '-o', 'model.onnx')
      expect(stdout).toContain('on 9 samples kept with the run, because its data has changed; largest')
    } finally {
      await rename(at('photo'), photo)
    }
  })

  it.each([
    ['best', ['export', 'run', '-o', 'model.onnx']],
    ['best', ['evaluate', 'run', '--split', 'validation']],
    ['best', ['predict', 'run', 'asked/2.pgm']],
    ['last', ['resume', 'run', '--epochs', '13']],
  ])('detects a flipped bit in %s.safetensors: %j', async (name, words) => {
    const file = at(`run/checkpoints/${name}.safetensors`)
    const bytes = await readFile(file)
    const damaged = Buffer.from(bytes)
    damaged.writeUInt8(damaged.at(-3)! ^ 4, damaged.length - 3)
    await writeFile(file, damaged)
    try {
      const { code, stderr } = await cli(...words)
      expect(code).toBe(2)
      expect(stderr).toMatch(/its checksum\s+differs[^]*run-damaged/)
    } finally {
      await writeFile(file, bytes)
    }
  })
})

describe('layerloom inspect', () => {
  it('shows the operators of a model with shapes and parameters', async () => {
    const { code, stdout } = await cli('inspect', join('run', 'model.onnx'))
    expect(code).toBe(0)
    expect(stdout).toMatch(/input +samples: uint8 \[N, 1, 8, 8\]/)
    expect(stdout).toMatch(/classes +dark, light, very/)
    expect(stdout).toMatch(/\n {2}\S+ +Conv +N×16×8×8 float32 +160\n/)
    const [json] = jsonLines((await cli('inspect', join('run', 'model.onnx'), '--json')).stdout) as {
      parameters: number
    }[]
    const [project] = jsonLines((await cli('inspect', 'photos.loom', '--json')).stdout) as {
      totals: { parameters: number }
    }[]
    expect(json!.parameters).toBeGreaterThanOrEqual(project!.totals.parameters)
  })

  it.each(['run', join('run', 'checkpoints', 'best.safetensors'), join('run', 'model.onnx')])(
    'lists the tensors of %s with --weights',
    async (path) => {
      const { code, stdout } = await cli('inspect', path, '--weights', '--json')
      expect(code).toBe(0)
      const [{ tensors }] = jsonLines(stdout) as [
        { tensors: { name: string; shape: number[]; min: number; mean: number; max: number }[] },
      ]
      const weight = tensors.find(({ shape }) => shape.join() === '16,1,3,3')!
      expect(weight).toMatchObject({ dtype: 'float32', elements: 144, bytes: 576, notFinite: 0 })
      expect(weight.min).toBeLessThan(weight.mean)
      expect(weight.mean).toBeLessThan(weight.max)
    },
  )

  it('rejects --weights and --set if they have no effect', async () => {
    expect((await cli('inspect', 'photos.loom', '--weights')).stderr).toContain(
      '--weights does not work with this file.',
    )
    expect((await cli('inspect', join('run', 'model.onnx'), '--set', 'a=1')).stderr).toContain(
      '--set works with projects only.',
    )
  })
})
