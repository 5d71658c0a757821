/** Reads the texts of a cache entry in order, in bounded memory. */
import { open } from 'node:fs/promises'
import { filePath, type Entry } from './entry'
import { readWhole } from './records'

/** Bytes of texts per read; a longer text is read alone. */
const CHUNK = 1 << 20

export async function* readTexts(entry: Entry): AsyncGenerator<{ readonly index: number; readonly text: string }> {
  const offsets = await readWhole(entry, 'offsets.bin', Float64Array)
  const file = await open(filePath(entry, 'texts.bin'), 'r')
  try {
    for (let first = 0; first < entry.count;) {
      let end = first + 1
      while (end < entry.count && offsets[end + 1]! - offsets[first]! <= CHUNK) end++
      const bytes = Buffer.alloc(offsets[end]! - offsets[first]!)
      await file.read(bytes, 0, bytes.length, offsets[first])
      for (let index = first; index < end; index++) {
        const text = bytes.toString('utf8', offsets[index]! - offsets[first]!, offsets[index + 1]! - offsets[first]!)
        yield { index, text }
      }
      first = end
    }
  } finally {
    await file.close()
  }
}

/** The texts at some indices, for display. */
export async function readSomeTexts(entry: Entry, indices: Int32Array): Promise<string[]> {
  const offsets = await readWhole(entry, 'offsets.bin', Float64Array)
  const file = await open(filePath(entry, 'texts.bin'), 'r')
  try {
    const texts: string[] = []
    for (const index of indices) {
      const [begin, end] = [offsets[index]!, offsets[index + 1]!]
      const bytes = Buffer.alloc(end - begin)
      await file.read(bytes, 0, bytes.length, begin)
      texts.push(bytes.toString('utf8'))
    }
    return texts
  } finally {
    await file.close()
  }
}
