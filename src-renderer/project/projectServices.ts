/** Background services of the open project: its state in the frame, autosave, commands, and requests from the host. */
import { Redo2, Save, SaveAll, Undo2 } from '@lucide/vue'
import { useEventListener } from '@vueuse/core'
import { effectScope, watch } from 'vue'
import { text } from '#core/base/text'
import type { Client } from '#core/rpc/client'
import type { AppEvent } from '#core/rpc/contract/app'
import { addCommands, runCommand } from '../commands/useCommands'
import { route } from '../frame/router'
import { useSession } from '../frame/sessionStore'
import { inLanguage, useText } from '../i18n/useText'
import { failureText } from '../i18n/failureText'
import { useProject } from '../stores/projectStore'
import { showToast } from '../ui/toasts'
import { useHistoryText } from '../editor/panels/useHistoryText'
import { isOfTransforms, useProblemList } from '../stores/problemListStore'
import { startAutosave } from './autosave'
import { openProjectFile, saveOpenProject, saveProjectAs, showProject } from './projectFiles'
import { hostClient } from '../host/hostConnection'
import { keepForReload, takeUpAfterReload } from './reload'

/** Starts everything; call once, after the stores are installed. */
export function startDocumentServices(): void {
  takeUpAfterReload()
  effectScope(true).run(() => {
    showInFrame()
    startAutosave()
    addDocumentCommands()
    useEventListener(window, 'pagehide', keepForReload)
  })
}

function showInFrame(): void {
  const session = useSession()
  const document = useProject()
  const problems = useProblemList()
  const { t, format } = useText()
  session.show({
    project() {
      const { project, dirty, readOnly } = document
      return project === null ? null : { name: project.name, dirty, readOnly }
    },
    problems() {
      const { counts } = problems
      // While the data is being read, problems are unknown, which differs from none.
      const isOpen = document.awaitsData && Object.values(counts).every((count) => count === 0)
      return document.project === null || isOpen ? null : { ...counts }
    },
    marks() {
      const errors = problems.items.filter(({ severity }) => severity === 'error')
      const augment = errors.filter(isOfTransforms).length
      const model = errors.length - augment
      return { ...(model > 0 && { model }), ...(augment > 0 && { augment }) }
    },
    facts,
  })

  function facts(): string[] {
    const { project, graph, sample, facts } = document
    if (project === null) return []
    const size = t('files.networkSize', {
      layers: t('editor.layerCount', { n: graph.nodes.length }),
      edges: t('files.edgeCount', { n: graph.edges.length }),
    })
    const target = facts?.target.kind === 'classes' ? t('editor.classCount', { n: facts.target.classes.length }) : ''
    const data =
      sample === undefined
        ? ''
        : [t('files.inputShape', { shape: format.shape(sample) }), target].filter(Boolean).join(' · ')
    return [size, data].filter((fact) => fact !== '')
  }

  watch(
    () => [document.project?.name ?? '', document.dirty] as const,
    ([title, edited]) =>
      void hostClient()
        .then(({ app }) => app.setDocument({ title, edited }))
        .catch(() => undefined),
  )
}

function addDocumentCommands(): void {
  const document = useProject()
  const sentence = useHistoryText()
  const { t } = useText()
  const closed = (): string | null => (document.project === null ? t('frame.noProject') : null)
  const undoLabel = (): string => {
    const label = document.canUndo ? document.history?.present.label : undefined
    return label === undefined ? t('frame.undo') : t('files.undoNamed', { what: sentence(label) })
  }
  const redoLabel = (): string => {
    const label = document.history?.future[0]?.label
    return label === undefined ? t('frame.redo') : t('files.redoNamed', { what: sentence(label) })
  }
  const redo = {
    group: 'edit' as const,
    label: redoLabel,
    icon: Redo2,
    disabledReason: () => (document.canRedo ? null : t('frame.nothingToRedo')),
    run: document.redo,
  }
  addCommands([
    {
      id: 'project.save',
      group: 'project',
      label: () => t('files.save'),
      icon: Save,
      shortcut: 'Mod+S',
      disabledReason: closed,
      run: async () => void (await saveOpenProject()),
    },
    {
      id: 'project.saveAs',
      group: 'project',
      label: () => t('files.saveAs'),
      icon: SaveAll,
      shortcut: 'Mod+Shift+S',
      disabledReason: closed,
      run: async () => void (await saveProjectAs()),
    },
    {
      id: 'edit.undo',
      group: 'edit',
      label: undoLabel,
      icon: Undo2,
      shortcut: 'Mod+Z',
      disabledReason: () => (document.canUndo ? null : t('frame.nothingToUndo')),
      run: document.undo,
    },
    { ...redo, id: 'edit.redo', shortcut: 'Mod+Shift+Z' },
    { ...redo, id: 'edit.redoAgain', shortcut: 'Mod+Y', hidden: true },
  ])
}

/** Handles requests from the host over a connection, until it ends. */
export async function followAppEvents(client: Client): Promise<void> {
  try {
    for await (const event of await client.app.events()) await answer(event, client)
  } catch {
    // The connection ended; its owner opens the next one.
  }
}

function noticeText({ title, body }: Extract<AppEvent, { type: 'notification' }>): string {
  return inLanguage(text(`${title.en}: ${body.en}`, `${title.zh}：${body.zh}`))
}

async function answer(event: AppEvent, client: Client): Promise<void> {
  try {
    switch (event.type) {
      case 'command':
        runCommand(event.command)
        return
      case 'openFile':
        if (await openProjectFile(event.file.id)) showProject()
        return
      case 'saveAndQuit':
        if (await saveOpenProject()) await client.app.quit({ stopRunning: true })
        return
      case 'notification':
        // Reports the end of a training, which the Train screen already shows prominently.
        if (route.value.screen !== 'train') showToast({ tone: 'info', text: noticeText(event) })
    }
  } catch (error) {
    showToast({ tone: 'error', text: failureText(error) })
  }
}
