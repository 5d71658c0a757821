/** Downloadable datasets: their state, and downloading them. An interrupted download is kept and resumed. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { DownloadName } from '#core/graph/dataSettings'
import type { DownloadableData, DownloadEvent } from '#core/rpc/contract/download'
import { hostClient } from '../../host/hostConnection'
import { failureText } from '../../i18n/failureText'

export type DownloadProgressEvent = Extract<DownloadEvent, { type: 'progress' }>

export const useDownloads = defineStore('downloads', () => {
  const sets = shallowRef<readonly DownloadableData[]>([])
  const listFailure = ref('')
  /** Downloads in progress, by name; null before the first bytes. */
  const running = shallowRef<ReadonlyMap<DownloadName, DownloadProgressEvent | null>>(new Map())
  /** Why the last attempt for each dataset failed. */
  const failures = shallowRef<ReadonlyMap<DownloadName, string>>(new Map())
  const controls = new Map<DownloadName, AbortController>()

  async function list(): Promise<void> {
    try {
      sets.value = await (await hostClient()).download.list()
      listFailure.value = ''
    } catch (error) {
      listFailure.value = failureText(error)
    }
  }

  const set = (name: DownloadName, progress: DownloadProgressEvent | null) =>
    (running.value = new Map(running.value).set(name, progress))

  /** True if it is complete. */
  async function start(name: DownloadName): Promise<boolean> {
    if (controls.has(name)) return false
    const control = new AbortController()
    controls.set(name, control)
    set(name, null)
    failures.value = without(failures.value, name)
    let isComplete = false
    try {
      const client = await hostClient()
      for await (const event of await client.download.start({ name }, { signal: control.signal })) {
        if (event.type === 'done') isComplete = true
        else set(name, event)
      }
    } catch (error) {
      if (!control.signal.aborted) failures.value = new Map(failures.value).set(name, failureText(error))
    } finally {
      controls.delete(name)
      running.value = without(running.value, name)
      await list()
    }
    return isComplete
  }

  async function remove(name: DownloadName): Promise<void> {
    try {
      await (await hostClient()).download.remove({ name })
    } catch (error) {
      failures.value = new Map(failures.value).set(name, failureText(error))
    }
    await list()
  }

  return {
    sets,
    listFailure,
    running,
    failures,
    list,
    start,
    remove,
    stop: (name: DownloadName) => controls.get(name)?.abort(),
  }
})

function without<Value>(map: ReadonlyMap<DownloadName, Value>, name: DownloadName): ReadonlyMap<DownloadName, Value> {
  return new Map([...map].filter(([other]) => other !== name))
}
