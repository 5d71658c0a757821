/** What a file or folder was found to be, and what the person changes of that. */
import { computed, ref, shallowRef, type Ref } from 'vue'
import type { DataSource } from '#core/graph/dataSettings'
import type { DataProposal } from '#core/rpc/contract/data'
import type { FileReference } from '#core/rpc/contract/file'
import { settingsOf } from '#core/rpc/importedProject'
import { hostClient } from '../../host/hostConnection'
import { failureText } from '../../i18n/failureText'
import type { Task } from '#core/losses/task'

export function useProposal(failure: Ref<string>) {
  const file = shallowRef<FileReference | null>(null)
  const proposal = shallowRef<DataProposal | null>(null)
  /** What the person says it is, in place of what was found. */
  const said = shallowRef<DataSource | null>(null)
  const saidTask = ref<Task | null>(null)
  /** It was dropped on a page, and is looked at as a copy in the app's folder. */
  const isCopy = ref(false)
  /** A changed proposal is on its way; the one before stays until it is there. */
  const stale = ref(false)

  async function look(chosen: FileReference, signal: AbortSignal, copy = false): Promise<void> {
    const found = await (await hostClient()).data.propose({ file: chosen.id }, { signal })
    signal.throwIfAborted()
    file.value = chosen
    isCopy.value = copy
    proposal.value = found
    said.value = saidTask.value = null
  }

  /** Takes over what the person says of the source, and looks again. */
  async function say(source: DataSource): Promise<void> {
    const chosen = file.value
    if (chosen === null) return
    said.value = source
    saidTask.value = null
    stale.value = true
    failure.value = ''
    const isCurrent = () => said.value === source && file.value === chosen
    try {
      const found = await (await hostClient()).data.propose({ file: chosen.id, source })
      if (isCurrent()) proposal.value = found
    } catch (error) {
      if (isCurrent()) failure.value = failureText(error)
    } finally {
      if (isCurrent()) stale.value = false
    }
  }

  function forget(): void {
    file.value = proposal.value = said.value = saidTask.value = null
    stale.value = false
  }

  return {
    file,
    proposal,
    said,
    saidTask,
    stale,
    isCopy,
    settings: computed(() => (proposal.value === null ? null : settingsOf(proposal.value, saidTask.value))),
    look,
    say,
    forget,
  }
}
