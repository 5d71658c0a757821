/** The data import: choosing or dropping it, the detected content, and applying it. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FileKind } from '#core/rpc/contract/file'
import type { ImportedSettings } from '#core/rpc/importedProject'
import { chooseFile } from '../../host/fileChoice'
import { setAside } from '../../project/autosave'
import { hostClient } from '../../host/hostConnection'
import type { DroppedItem } from '../../frame/droppedItem'
import { navigate } from '../../frame/router'
import { useText } from '../../i18n/useText'
import { prepared } from '../../stores/dataStore'
import { useProject } from '../../stores/projectStore'
import { showToast } from '../../ui/toasts'
import { importAsProject, importOverProject, type NetworkChoice } from './applyImport'
import { endImport, importRequest } from '../../stores/importRequest'
import { useImportWork } from './useImportWork'
import { useProposal } from './useProposal'
import { takeItems } from './takeItems'

export const useImport = defineStore('dataImport', () => {
  const { t } = useText()
  const project = useProject()
  const { run, ...work } = useImportWork()
  const { look, forget, ...proposal } = useProposal(work.failure)
  /** What to do with an existing network. */
  const network = ref<NetworkChoice>('keep')

  /** Returns to the chooser. */
  function reset(): void {
    work.stop()
    work.failure.value = ''
    network.value = 'keep'
    forget()
  }

  function takeDropped(items: readonly DroppedItem[]): Promise<void> {
    reset()
    return run({ kind: 'look', name: '' }, async (signal, show) => {
      const { file, isCopy } = await takeItems(items, signal, show)
      show({ kind: 'look', name: file.name })
      await look(file, signal, isCopy)
    })
  }

  async function choose(kind: Extract<FileKind, 'data' | 'data-folder'>): Promise<void> {
    const file = await chooseFile(kind)
    if (file !== null) await run({ kind: 'look', name: file.name }, (signal) => look(file, signal))
  }

  /** Prepares the data and creates a project, with the network of the open one if wanted. */
  function use(settings: ImportedSettings): Promise<void> {
    return run({ kind: 'prepare', progress: null }, async (signal, show) => {
      const asProject = importRequest.value?.asProject === true || project.project === null
      const input = { data: settings.data, task: settings.task, file: null }
      const found = await prepared(await hostClient(), input, signal, (progress) => show({ kind: 'prepare', progress }))
      signal.throwIfAborted()
      if (asProject) {
        if (!(await importAsProject(settings, found))) return
      } else {
        if (project.project?.data.source.kind !== 'none') await setAside()
        if (!importOverProject(settings, found, network.value))
          showToast({ tone: 'warn', text: t('data.networkReplaced') })
      }
      endImport()
      navigate('data')
    })
  }

  return { ...work, ...proposal, network, reset, takeDropped, choose, use }
})
