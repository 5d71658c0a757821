/** Handlers of `download`. */
import type { DownloadableData, DownloadEvent } from '#core/rpc/contract/download'
import type { DownloadProgress } from '../../data/download/download'
import { deleteDownload, downloadSet, listDownloads, type DownloadedSet } from '../../data/download/downloadedSets'
import { followWork } from '../followWork'
import { procedures } from '../procedures'

const { download } = procedures

export const downloadHandlers = download.router({
  list: download.list.handler(async () => (await listDownloads()).map(described)),

  start: download.start.handler(async function* ({ input, signal }): AsyncGenerator<DownloadEvent, void> {
    const work = followWork(signal, (onProgress: (progress: DownloadProgress) => void, leaving) =>
      downloadSet(input.name, { onProgress, signal: leaving }),
    )
    for await (const event of work) {
      if (event.type === 'done') yield { type: 'done' }
      else {
        const { bytes, total, rate, secondsLeft, mirror } = event.progress
        const left = Number.isFinite(secondsLeft) ? secondsLeft : null
        yield { type: 'progress', bytes, total, bytesPerSecond: rate, secondsLeft: left, mirror }
      }
    }
  }),

  remove: download.remove.handler(({ input }) => deleteDownload(input.name)),
})

function described({ set, total, state }: DownloadedSet): DownloadableData {
  const { name, title, doc, licence, attribution, page } = set
  const there = state.state === 'partial' ? state.bytes : state.state === 'complete' ? total : 0
  return { name, title, doc, licence, attribution, page, bytes: total, state: state.state, there }
}
