/** Texts as model samples: tokenized with the vocabulary from training. */
import { listed } from '#core/data/listed'
import { fail } from '#core/problems/problem'
import { indexVocabulary } from '#core/text/vocabulary'
import { encodeText, textSettings } from '../prepare/textSteps'
import { readTextFile } from '../readers/textFolder'
import { openRows } from '../sources/rows'
import type { ExpectedSample, ReadSamples } from './expectedSample'

/** Token ids of texts: [texts.length, length]. */
export function encodeTexts(texts: readonly string[], { sample, steps = [] }: ExpectedSample): ReadSamples {
  const settings = textSettings(steps)
  const index = indexVocabulary(sample.vocabulary ?? [])
  const [length] = sample.shape as [number]
  const data = new Int32Array(texts.length * length)
  texts.forEach((text, i) => data.set(encodeText(text, settings, index), i * length))
  return { count: texts.length, data }
}

/** A file that is a single text, in any encoding. */
export async function readNewText(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const { text } = await readTextFile(path)
  return encodeTexts([text], expected)
}

/** Every row of a table is a text; an empty cell is a text without words. */
export async function readNewTextRows(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const { textColumn } = expected
  const table = await openRows(path, { missing: [] }, { names: textColumn === undefined ? [] : [textColumn] })
  const named = textColumn === undefined ? -1 : table.names.indexOf(textColumn)
  const place = named < 0 && table.names.length === 1 ? 0 : named
  if (place < 0) failColumn(path, textColumn, table.names)
  const parts: Int32Array[] = []
  let count = 0
  for await (const { rows } of table.batches()) {
    const { data } = encodeTexts(
      rows.map((row) => row[place]!),
      expected,
    )
    parts.push(data as Int32Array)
    count += rows.length
  }
  const data = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    data.set(part, at)
    at += part.length
  }
  return { count, data }
}

function failColumn(file: string, column: string | undefined, names: readonly string[]): never {
  const received = listed(names)
  if (column === undefined) return fail('data-column', 'text-column', { received }, { file })
  return fail('data-column', 'named-text-column', { name: column, received }, { file, column })
}
