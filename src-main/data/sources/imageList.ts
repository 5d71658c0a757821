/** A table of image files with their labels. */
import { basename, dirname, resolve } from 'node:path'
import { listed } from '#core/data/listed'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { cacheKey } from '../prepare/cacheStore'
import type { EntryWriter } from '../prepare/entryWriter'
import type { Work } from '../prepare/work'
import { isMissing } from '../readers/cells'
import { checkReading, readingLimits } from '../readers/readingLimits'
import { CellProblems } from './cellCodes'
import { filesStamp, fileStamp } from './fileStamp'
import { labelCode } from './labelCodes'
import { openRows, type RowReader } from './rows'
import type { ReadResult, SourceReader } from './source'
import { splitCode } from './splitCode'
import { targetOf } from './tableColumns'
import { noteDropped } from './tableProblems'
import { profileTable } from './tableProfile'

type ImageList = SourceOf<'image-list'>

export async function openImageList(
  source: ImageList,
  task: Project['task'],
  projectFolder: string,
): Promise<SourceReader> {
  const path = resolve(projectFolder, source.path)
  // Reading options of the images only affect decoding.
  const { path: _path, background: _background, levels: _levels, ...settings } = source
  const root = dirname(path)
  const listed = await listedImages(path, source)
  for (const image of readingLimits() ? listed : []) await checkReading(resolve(root, image))
  const images = await filesStamp(root, listed)
  return {
    title: basename(path),
    kind: 'image',
    root,
    fingerprint: cacheKey('image-list', await fileStamp(path), images, settings, task),
    read: (writer, work) => readList(path, source, task, writer, work),
  }
}

/** The paths currently in the table. */
async function listedImages(path: string, source: ImageList): Promise<string[]> {
  const reader = await openRows(path, source, { names: columnsOf(source) })
  const image = placeOf(reader, source.image)
  const images: string[] = []
  for await (const { rows } of reader.batches()) for (const row of rows) images.push(row[image]!)
  return images
}

const columnsOf = ({ image, label, split }: ImageList) => [image, label, ...(split === undefined ? [] : [split])]

async function readList(
  path: string,
  source: ImageList,
  task: Project['task'],
  writer: EntryWriter,
  work: Work,
): Promise<ReadResult> {
  const names = columnsOf(source)
  const reader = await openRows(path, source, { names })
  const [image, label, split] = names.map((name) => placeOf(reader, name)) as [number, number, number | undefined]
  const profile = await profileTable(reader, label, (done) => work.advance({ step: 'read', done, total: null }))
  const target = targetOf(reader, profile.columns[label]!, task)
  const problems = new CellProblems()
  const code = labelCode(target, source.label, problems)
  const files: string[] = []
  const codes: number[] = []
  const given: number[] = []
  for await (const { rows, lines } of reader.batches()) {
    rows.forEach((row, i) => {
      if (isMissing(row[label]!)) return
      const at = (column: number) => ({ file: path, line: lines[i]!, column: reader.names[column]! })
      if (isMissing(row[image]!)) return problems.add(noPath(at(image)))
      files.push(row[image]!)
      codes.push(code(row[label]!, () => at(label)))
      if (split !== undefined) given.push(splitCode(row[split]!, () => at(split), problems))
    })
  }
  problems.check()
  if (files.length === 0) failEmpty(path, source.image)
  await writer.write('files.json', Buffer.from(JSON.stringify(files)))
  await writer.write('targets.bin', target.kind === 'numbers' ? Float32Array.from(codes) : Int32Array.from(codes))
  if (split !== undefined) await writer.write('given.bin', Uint8Array.from(given))
  const dropped =
    profile.unlabelled > 0 ? [noteDropped(reader, source.label, profile, reader.cells.wordsIn(source.label))] : []
  return {
    count: files.length,
    sample: null,
    target,
    splits: split !== undefined,
    notes: [...reader.notes, ...dropped],
  }
}

function placeOf({ path, names }: RowReader, column: string): number {
  const place = names.indexOf(column)
  if (place >= 0) return place
  const values = { quoted: JSON.stringify(column), expected: listed(names), received: column }
  return fail('data-column', 'not-there', values, { file: path, column, param: 'data.source' })
}

function noPath(place: Problem['place']): Problem {
  return makeProblem('data-cell', 'no-image', {}, place)
}

function failEmpty(file: string, column: string): never {
  return fail('data-empty', 'no-listed-images', {}, { file, column })
}
