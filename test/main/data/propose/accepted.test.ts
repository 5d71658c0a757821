/** A proposal accepted unchanged trains from the command line, for any kind of data. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { runCli } from '../../cli/runCli'
import { idxBytes } from '../readers/idxBytes'
import { npyBytes } from '../readers/npyBytes'
import { parquetBytes } from '../readers/parquetBytes'
import { pngBytes } from '../readers/pngBytes'
import { zipBytes } from '../readers/zipBytes'
import { temporaryFolder } from '../temporaryFolder'

type Files = Readonly<Record<string, string | Uint8Array>>
type Layers = readonly { readonly kind: string; readonly params?: object }[]

const COUNT = 40
const samples = Array.from({ length: COUNT }, (_, i) => i)
const rows = (head: string, row: (i: number) => string) => [head, ...samples.map(row)].join('\n')
const classOf = (i: number) => i % 2

const image = (i: number, side = 12) =>
  pngBytes(
    side,
    side,
    Uint8Array.from({ length: (side + 1) * side }, (_, at) =>
      at % (side + 1) === 0 ? 0 : classOf(i) * 150 + ((i * at) % 90),
    ),
  )
const images = (name: (i: number) => string): Files =>
  Object.fromEntries(samples.map((i) => [name(i), image(i, 12 + (i % 3))]))

const linear: Layers = [{ kind: 'linear', params: { outFeatures: 2 } }]
const flat: Layers = [{ kind: 'flatten' }, ...linear]
const measured: Layers = [{ kind: 'linear', params: { outFeatures: 1 } }]
const bag: Layers = [{ kind: 'embedding-bag', params: { numEmbeddings: 10_000, embeddingDim: 4 } }, ...linear]

const word = (i: number) => (classOf(i) ? 'buy this offer today and save' : 'see you at the meeting on monday')
const pixels = Array.from({ length: COUNT * 16 }, (_, at) => classOf(Math.floor(at / 16)) * 100 + (at % 16))
const labels = samples.map(classOf)

const cases: readonly (readonly [what: string, files: Files, chosen: string, layers: Layers])[] = [
  ['a folder of images', images((i) => `${classOf(i) ? '猫' : '犬'}/${i}.png`), '', flat],
  [
    'a folder of images with splits',
    images((i) => `${['train', 'train', 'val', 'test'][(i >> 1) & 3]}/${classOf(i)}/${i}.png`),
    '',
    flat,
  ],
  [
    'a table that lists images',
    {
      ...images((i) => `images/${i}.png`),
      'labels.csv': rows('image;class;split', (i) => `images/${i}.png;c${classOf(i)};${i % 5 ? 'train' : 'val'}`),
    },
    'labels.csv',
    flat,
  ],
  [
    'a table of classes with gaps and categories',
    {
      'a.csv': rows(
        'id;größe;farbe;leer;gleich;klasse',
        (i) => `${i};${i % 7 ? i * 1.5 : ''};${i % 5 ? ['rot', 'blau'][i % 2]! : ''};;1;${classOf(i) ? 'a' : 'b'}`,
      ),
    },
    'a.csv',
    linear,
  ],
  [
    'a table of measurements',
    {
      'a.tsv': rows('rooms\tstreet\tprice', (i) => `${i % 6}\t${i % 2 ? 'a' : 'b'}\t${i % 9 ? 1000 * i + 0.5 : 'NA'}`),
    },
    'a.tsv',
    measured,
  ],
  [
    'a Parquet file',
    {
      'a.parquet': parquetBytes([
        { name: 'width', data: samples.map((i) => i / 3) },
        { name: 'kind', data: samples.map((i) => `k${classOf(i)}`) },
      ]),
    },
    'a.parquet',
    linear,
  ],
  [
    'a table of texts',
    { 'a.csv': rows('text,label', (i) => `"${word(i)}, number ${i}",${classOf(i) ? 'spam' : 'ham'}`) },
    'a.csv',
    bag,
  ],
  [
    'a folder of texts',
    Object.fromEntries(samples.map((i) => [`${classOf(i) ? 'spam' : 'ham'}/${i}.txt`, `${word(i)} ${i}`])),
    '',
    bag,
  ],
  [
    'IDX files',
    {
      'train-images-idx3-ubyte.gz': gzipSync(idxBytes('uint8', [COUNT, 4, 4], pixels)),
      'train-labels-idx1-ubyte': idxBytes('uint8', [COUNT], labels),
    },
    'train-labels-idx1-ubyte',
    flat,
  ],
  [
    'an archive of arrays',
    {
      'digits.npz': zipBytes(
        { name: 'x.npy', content: npyBytes('|u1', `${COUNT}, 4, 4`, Uint8Array.from(pixels)), deflated: true },
        { name: 'y.npy', content: npyBytes('|u1', `${COUNT},`, Uint8Array.from(labels)) },
      ),
    },
    'digits.npz',
    flat,
  ],
  [
    'arrays beside each other',
    {
      'X.npy': npyBytes(
        '<f4',
        `${COUNT}, 3`,
        new Uint8Array(Float32Array.from({ length: COUNT * 3 }, (_, i) => i % 7).buffer),
      ),
      'y.npy': npyBytes('<f4', `${COUNT},`, new Uint8Array(Float32Array.from(samples, (i) => i / 7).buffer)),
    },
    'X.npy',
    measured,
  ],
]

function network(layers: Layers) {
  const nodes = [
    { id: 'input', kind: 'input' },
    ...layers.map((layer, i) => ({ id: `layer${i}`, ...layer })),
    { id: 'output', kind: 'output' },
  ]
  return { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]!.id, to: id })) }
}

describe('a proposal accepted unchanged', () => {
  it.each(cases)('trains: %s', async (_, files, chosen, layers) => {
    const folder = await temporaryFolder()
    for (const [name, content] of Object.entries(files)) await folder.write(name, content)
    const { source, task, preprocess, transforms, problems } = await proposeData(join(folder.path, chosen))
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const loss = { kind: task === 'regression' ? 'mse' : 'cross-entropy' }
    const project = {
      format: 'layerloom',
      version: 1,
      name: 'accepted',
      task,
      data: { source, preprocess },
      transforms,
      graph: network(layers),
      training: { loss, epochs: 1, batchSize: 8 },
    }
    const path = join(folder.path, 'accepted.loom')
    await writeFile(path, JSON.stringify(project))
    const run = join(folder.path, 'run')
    const { code, stderr } = await runCli(['train', path, '--out', run, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({ state: 'completed' })
  })
})
