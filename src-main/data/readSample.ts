/** Reads a file to predict into raw samples, exactly as the model received them in training. */
import { extname } from 'node:path'
import { sampleKind, type SampleKind } from '#core/data/facts'
import { fail } from '#core/problems/problem'
import { failShape, type ExpectedSample, type ReadSamples } from './newSamples/expectedSample'
import { readNewArrays } from './newSamples/newArrays'
import { ownShape } from './newSamples/ownShape'
import { readNewIdx, readNewImage } from './newSamples/newImages'
import { readNewRows } from './newSamples/newRows'
import { readNewText, readNewTextRows } from './newSamples/newTexts'
import { imageExtensions } from './readers/imageFormat'

type FileForm = 'array' | 'idx' | 'image' | 'table'
type Reader = (path: string, expected: ExpectedSample) => Promise<ReadSamples>

/** The reader per file format and model sample kind, where there is one. */
const readers: Readonly<Record<SampleKind, Partial<Record<FileForm, Reader>>>> = {
  image: { image: readNewImage, idx: readNewIdx, array: readNewArrays },
  table: { table: readNewRows, array: readNewArrays },
  text: { table: readNewTextRows, array: readNewArrays },
  array: { array: readNewArrays },
}

/** Also text extensions, so that they are tables only for a table model. */
const looseExtensions = ['.data', '.tab', '.txt', '.dat']
const tableExtensions = ['.csv', '.tsv', '.parquet', '.pq']

/** By extension; files whose name ends in `-ubyte` are also IDX. */
function formOf(path: string): FileForm | undefined {
  const extension = extname(path).toLowerCase()
  if (/-u?byte$/.test(path) || extension === '.idx' || extension === '.gz') return 'idx'
  if (extension === '.npy') return 'array'
  if (extension in imageExtensions) return 'image'
  return tableExtensions.includes(extension) ? 'table' : undefined
}

/** Whether a file found in a folder is worth trying; texts may have any name. */
export function isSampleFile(name: string, { sample }: ExpectedSample): boolean {
  const kind = sampleKind(sample)
  const form = formOf(name)
  // Other files next to images, such as archives and arrays, were not requested.
  if (kind === 'image') return form === 'image'
  return form === undefined ? kind === 'text' : form in readers[kind]
}

const names: Readonly<Record<FileForm, string>> = {
  array: 'an array',
  idx: 'an image',
  image: 'an image',
  table: 'a table',
}

/** Reads one file, which may contain several samples; fails with problems if it does not fit the model. */
export async function readSample(path: string, given: ExpectedSample): Promise<ReadSamples> {
  if (!given.open) return readFitting(path, given)
  const shape = await ownShape(path, given.sample, given.open)
  const { open: _open, ...expected } = given
  return { ...(await readFitting(path, { ...expected, sample: { ...given.sample, shape } })), shape }
}

async function readFitting(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const kind = sampleKind(expected.sample)
  const form =
    formOf(path) ?? (kind === 'table' && looseExtensions.includes(extname(path).toLowerCase()) ? 'table' : undefined)
  // Emails and other texts have any extension, or none.
  if (form === undefined) return kind === 'text' ? readNewText(path, expected) : failForm(path, kind)
  const reader = readers[kind][form]
  return reader ? reader(path, expected) : failShape(path, expected.sample, names[form])
}

function failForm(file: string, kind: SampleKind): never {
  const received = extname(file) || 'a name without extension'
  switch (kind) {
    case 'image':
      return fail(
        'model-input',
        'image-file',
        { extensions: Object.keys(imageExtensions).join(', '), received },
        { file },
      )
    case 'array':
      return fail('model-input', 'array-file', { extension: '.npy', received }, { file })
    default:
      return fail('model-input', `${kind}-file`, { received }, { file })
  }
}
