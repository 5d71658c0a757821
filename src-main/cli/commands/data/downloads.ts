/** `layerloom data downloads`: the downloadable datasets, and how much of each is on disk. */
import { deleteDownload, listDownloads, type DownloadedSet } from '../../../data/download/downloadedSets'
import { defineCommand } from '../../command'
import { DONE } from '../../../machine/exitCode'
import { formatBytes } from '../../view/numbers'
import { shortPath } from '../../view/paths'
import { formatTable, type TextColumn } from '../../view/table'
import { twoColumns } from '../../view/text'
import type { Terminal } from '../../terminal'
import { downloadNameOf } from './download'

export const dataDownloads = defineCommand({
  name: 'data downloads',
  summary: 'Lists the datasets that can be downloaded, with their state.',
  arguments: [],
  options: {
    delete: { type: 'list', value: 'name', doc: 'Delete the files of this dataset first. Can be repeated.' },
    json: { type: 'flag', doc: 'Print one JSON object instead of a table.' },
  },
  examples: ['data downloads', 'data downloads --delete cifar10'],
  async run({ options }, { terminal }) {
    for (const name of options.delete.map(downloadNameOf)) await deleteDownload(name)
    const sets = await listDownloads()
    terminal.write(options.json ? `${JSON.stringify({ sets: sets.map(asJson) })}\n` : describe(sets, terminal))
    return DONE
  },
})

function asJson({ set, folder, total, state }: DownloadedSet) {
  const { name, title, licence, attribution, page } = set
  return { name, title, ...state, total, folder, licence, attribution, page }
}

const columns: readonly TextColumn[] = [
  { title: 'name', align: 'left' },
  { title: 'size', align: 'right' },
  { title: 'state', align: 'left' },
  { title: 'license', align: 'left' },
  { title: 'folder', align: 'left' },
]

function describe(sets: readonly DownloadedSet[], { columns: width, paint }: Terminal): string {
  const rows = sets.map(({ set, folder, total, state }) => [
    set.name,
    formatBytes(total),
    state.state === 'partial'
      ? `${formatBytes(state.bytes)} downloaded`
      : state.state === 'complete'
        ? 'complete'
        : '–',
    set.licence,
    state.state === 'absent' ? '–' : shortPath(folder),
  ])
  const [head, ...lines] = formatTable(columns, rows)
  const words = sets.map(({ set }): [string, string] => [set.name, set.doc.en])
  return `${[paint('dim', head!), ...lines].join('\n')}\n\n${twoColumns(words, { indent: 2, columns: width })}`
}
