/** The tasks of an import: one at a time, cancelable. */
import { ref, shallowRef } from 'vue'
import type { DataProgress } from '../../stores/dataStore'
import { failureText } from '../../i18n/failureText'

/** Copying dropped files, inspecting them, or preparing them. */
export type ImportWork =
  | { readonly kind: 'copy'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'look'; readonly name: string }
  | { readonly kind: 'prepare'; readonly progress: DataProgress | null }

export function useImportWork() {
  const work = shallowRef<ImportWork | null>(null)
  const failure = ref('')
  let control: AbortController | null = null

  /** A later task replaces an earlier one; `show` reports progress. */
  async function run(
    first: ImportWork,
    task: (signal: AbortSignal, show: (now: ImportWork) => void) => Promise<void>,
  ): Promise<void> {
    control?.abort()
    const own = (control = new AbortController())
    const { signal } = own
    work.value = first
    failure.value = ''
    try {
      await task(signal, (now) => {
        if (!signal.aborted) work.value = now
      })
    } catch (error) {
      if (!signal.aborted) failure.value = failureText(error)
    } finally {
      if (control === own) work.value = null
    }
  }

  function stop(): void {
    control?.abort()
    control = null
    work.value = null
  }

  return { work, failure, run, stop }
}
