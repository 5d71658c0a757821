/** A table of images with their labels. */
import { dirname } from 'node:path'
import type { SourceOf } from '#core/graph/dataSettings'
import type { DataProposal } from '#core/rpc/contract/data'
import type { ColumnRoles } from './columnRoles'
import type { ColumnSample } from './columnSample'
import { classesAndSplits, tableOf } from './foundTable'
import { dialectSettings, type TableBegin } from './openTable'
import { lookAtImages } from './proposeImageFiles'
import { problemsOfLabel } from './tableDoubts'
import { targetSteps } from './targetSteps'

/** `start` is what is known from the table alone. */
export async function proposeImageList(
  path: string,
  start: DataProposal,
  begin: TableBegin,
  roles: ColumnRoles & { readonly image: ColumnSample },
  given: Pick<SourceOf<'image-list'>, 'background' | 'levels'> = {},
): Promise<DataProposal> {
  const { image, label, split, task } = roles
  const { background, levels } = given
  const reading = { ...(background && { background }), ...(levels && { levels }) }
  const labeled = new Map(begin.first.map((row) => [row[image.index]!, row[label.index]!]))
  const others = [...image.counts.keys()].filter((name) => !labeled.has(name))
  const files = [
    ...[...labeled].map(([name, of]) => ({ path: name, label: of })),
    ...others.map((name) => ({ path: name, label: '' })),
  ]
  const { bytesOfFile, problems, preprocess, ...rest } = await lookAtImages(dirname(path), files, reading)
  const used = new Set([image, label, ...(split ? [split] : [])])
  const ignored = new Set(begin.columns.filter((column) => !used.has(column)))
  return {
    ...start,
    source: {
      kind: 'image-list',
      path,
      image: image.name,
      label: label.name,
      ...(split && { split: split.name }),
      ...dialectSettings(begin),
      ...reading,
    },
    task,
    ...classesAndSplits(begin, roles),
    table: tableOf(begin, { ...roles, ignored }, []),
    bytes: start.bytes + Math.round(bytesOfFile * (begin.count ?? begin.read)),
    ...rest,
    preprocess: [...preprocess, ...targetSteps(task)],
    problems: [...start.problems, ...problemsOfLabel(path, begin, roles), ...problems],
  }
}
