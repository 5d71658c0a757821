/** The detected content of a file or folder, and the user's changes to it. */
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
  /** The user's choice, overriding what was detected. */
  const said = shallowRef<DataSource | null>(null)
  const saidTask = ref<Task | null>(null)
  /** It was dropped on a page, so a copy in the app's folder is inspected. */
  const isCopy = ref(false)
  /** A changed proposal is pending; the previous one stays until it arrives. */
  const stale = ref(false)

  async function look(chosen: FileReference, signal: AbortSignal, copy = false): Promise<void> {
    const found = await (await hostClient()).data.propose({ file: chosen.id }, { signal })
    signal.throwIfAborted()
    file.value = chosen
    isCopy.value = copy
    proposal.value = found
    said.value = saidTask.value = null
  }

  /** Applies the user's choice of source and inspects again. */
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
