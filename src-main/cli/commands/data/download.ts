/** `layerloom data download`: downloads a published dataset. */
import { nearestName } from '#core/base/namesLike'
import { downloadNames, type DownloadName } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import type { DownloadProgress } from '../../../data/download/download'
import { describeDownload, downloadSet, type DownloadedSet } from '../../../data/download/downloadedSets'
import { defineCommand } from '../../command'
import { DONE, INTERRUPTED } from '../../../machine/exitCode'
import { jsonLines } from '../../sharedOptions'
import type { Terminal } from '../../terminal'
import { formatBytes, formatDuration } from '../../view/numbers'
import { shortPath } from '../../view/paths'
import { createProgressBar } from '../../view/progressBar'

export const dataDownload = defineCommand({
  name: 'data download',
  summary: 'Downloads a public dataset once, resuming an earlier partial download.',
  arguments: [{ name: 'name', doc: `The dataset: ${downloadNames.join(', ')}.` }],
  options: {
    mirror: {
      type: 'list',
      value: 'URL',
      doc: 'URL of a folder with the files, instead of the public mirrors. Can be repeated.',
    },
    json: jsonLines,
  },
  examples: ['data download fashion-mnist', 'data download cifar10 --mirror https://files.example.org/cifar/'],
  async run({ arguments: [word], options: { mirror, json } }, { terminal, interruption }) {
    const name = downloadNameOf(word!)
    const view = json ? jsonView(name, terminal) : textView(terminal)
    const outcome = await downloadSet(name, {
      signal: interruption,
      onProgress: view.progress,
      ...(mirror.length > 0 && { mirrors: mirror }),
    }).finally(view.clear)
    const downloaded = await describeDownload(name)
    if (outcome === 'complete') view.complete(downloaded)
    else view.canceled(downloaded)
    return outcome === 'complete' ? DONE : INTERRUPTED
  },
})

export function downloadNameOf(word: string): DownloadName {
  const name = downloadNames.find((candidate) => candidate === word)
  if (name !== undefined) return name
  const near = nearestName(word, downloadNames) ?? ''
  return fail('command-line', 'dataset', { name: word, known: downloadNames.join(', '), near })
}

interface DownloadView {
  readonly progress: (progress: DownloadProgress) => void
  readonly clear: () => void
  readonly complete: (downloaded: DownloadedSet) => void
  readonly canceled: (downloaded: DownloadedSet) => void
}

function jsonView(name: DownloadName, { write }: Terminal): DownloadView {
  const line = (event: object) => write(`${JSON.stringify(event)}\n`)
  const end = ({ folder, set, state, total }: DownloadedSet): void =>
    line({ event: 'downloaded', name, folder, files: set.files.map((file) => file.name), total, ...state })
  return {
    progress: ({ secondsLeft, ...rest }) =>
      line({ event: 'download', name, ...rest, ...(Number.isFinite(secondsLeft) && { secondsLeft }) }),
    clear: () => undefined,
    complete: end,
    canceled: end,
  }
}

function textView(terminal: Terminal): DownloadView {
  const bar = createProgressBar(terminal)
  return {
    progress: (progress) => bar.message(progressLine(progress)),
    clear: () => bar.clear(),
    complete({ set, folder, total }) {
      const { title, files, licence, attribution } = set
      const count = files.length === 1 ? 'one file' : `${files.length} files`
      terminal.write(`${title}: ${count}, ${formatBytes(total)}, in ${shortPath(folder)}\n`)
      terminal.write(`${attribution}. License: ${licence}.\n`)
    },
    canceled({ set, state, total }) {
      const there = state.state === 'partial' ? state.bytes : 0
      terminal.write(
        `${set.title}: ${formatBytes(there)} of ${formatBytes(total)} downloaded; run the command again to resume.\n`,
      )
    },
  }
}

function progressLine({ bytes, total, rate, secondsLeft, mirror }: DownloadProgress): string {
  const percent = `${Math.floor((bytes / total) * 100)} %`.padStart(5)
  const left = `${formatDuration(secondsLeft)} left`
  return `${percent}  ${formatBytes(bytes)} of ${formatBytes(total)}  ${formatBytes(rate)}/s  ${left}  from ${mirror}`
}
