/** Background services of training: following the run, its state in the frame, and the commands. Start once. */
import { PackageCheck, Pause, Play, Square } from '@lucide/vue'
import { effectScope, watch } from 'vue'
import { deviceSettings } from '#core/graph/devices'
import { translateProblem } from '#core/problems/translate'
import type { Client } from '#core/rpc/client'
import { isLiveState } from '#core/runs/runState'
import { addCommands } from '../commands/useCommands'
import { announce } from '../ui/announcer'
import { navigate } from '../frame/router'
import { useSession, type LiveRunStatus } from '../frame/sessionStore'
import { allWords } from '../i18n/allWords'
import { useText } from '../i18n/useText'
import { bestEpoch, currentEpoch, isExtendable, shareDone, type RunView } from '../stores/runView'
import { useData } from '../stores/dataStore'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { forgetRefused } from '../ui/useRefusedValue'
import { showToast } from '../ui/toasts'
import { deviceChoices } from './deviceChoices'
import { exportRequested } from '../run/exportRequest'
import { blockedReason, refusals } from './obstacles'
import { useFigureName } from '../run/useLog'

let started = false

/** Call with every new connection, after the stores are installed. */
export function startTrainingServices(client: Client): void {
  useRuns().attach(client)
  if (started) return
  started = true
  effectScope(true).run(() => {
    forgetWithProject()
    showInFrame()
    announceRun()
    tellWhatWentOn()
    addTrainingCommands()
  })
}

function statusOf(view: RunView): LiveRunStatus {
  const { record, latest } = view
  return {
    name: record.summary.name,
    state: isLiveState(view.state) ? view.state : 'training',
    epoch: currentEpoch(view),
    epochs: record.plan?.epochs ?? record.summary.epochsPlanned,
    share: shareDone(view),
    ...(latest !== null && { secondsLeft: latest.secondsLeft }),
  }
}

/** Values rejected in another project block nothing in this one. */
function forgetWithProject(): void {
  const project = useProject()
  watch(() => project.project?.id, forgetRefused)
}

function showInFrame(): void {
  const session = useSession()
  const runs = useRuns()
  const project = useProject()
  const data = useData()

  session.show({
    refused: () => refusals().length,
    liveRun: () => (runs.going === null ? null : statusOf(runs.going)),
    devices: () => deviceChoices().map(({ value, ...entry }) => ({ id: value, ...entry })),
    device: () => project.project?.training.device ?? null,
    chooseDevice(id) {
      const device = deviceSettings.find((name) => name === id)
      if (device !== undefined && device !== project.project?.training.device)
        project.apply({ type: 'training.set', settings: { device } })
    },
    marks() {
      // The data is read beside all screens, so its mark is made here too.
      const errors = data.problems.length
      const isLive = runs.live !== null && !session.hostLost
      const isDone = runs.current !== null && isExtendable(runs.current) && runs.changes.length === 0
      return {
        ...(errors > 0 && { data: errors }),
        ...(isLive ? { train: 'live' as const } : isDone && { train: 'done' as const }),
      }
    },
  })
}

/** Says how the run goes to those who do not see the screen. */
function announceRun(): void {
  const runs = useRuns()
  const { t, format, language } = useText()
  const nameOf = useFigureName()
  watch(
    () => runs.followed?.record.end,
    (end, before) => {
      if (end?.event === 'finished' && before !== undefined)
        announce(t('training.finishedAnnouncement', { epoch: end.bestEpoch }))
      if (end?.event !== 'error') return
      const [problem] = end.problems
      announce(problem === undefined ? end.message : translateProblem(problem, language.value).message, 'urgent')
    },
  )
  watch(
    () => runs.going?.record.epochs.at(-1),
    (epoch) => {
      if (epoch === undefined) return
      const figures = Object.entries(epoch.validation ?? epoch.train).map(
        ([kind, value]) => `${nameOf(kind)} ${format.metric(value)}`,
      )
      announce(t('training.epochAnnouncement', { epoch: epoch.epoch, figures: format.list(figures) }))
    },
  )
}

/** While the connection is lost, the state of the run is unknown; announces it once the host reports it again. */
function tellWhatWentOn(): void {
  const session = useSession()
  const runs = useRuns()
  const { t } = useText()
  let unheard: string | undefined
  watch(
    () => session.hostLost,
    (lost) => {
      if (lost) unheard = runs.going?.record.summary.run
    },
    { immediate: true },
  )
  watch(
    () => runs.followed,
    (view) => {
      if (session.hostLost || unheard === undefined || view === null) return
      const { run, name } = view.record.summary
      const goesOn = runs.going !== null && runs.going.state !== 'paused'
      if (run === unheard && goesOn) showToast({ tone: 'ok', text: t('training.stillTraining', { name }) })
      unheard = undefined
    },
  )
}

function addTrainingCommands(): void {
  const runs = useRuns()
  const project = useProject()
  const { t } = useText()
  const session = useSession()
  const idle = (): string | null => {
    if (runs.going === null) return t('training.noRunInProgress')
    return session.hostLost ? t('training.noConnection') : null
  }
  const exportBlocked = (): string | null => {
    if (runs.live !== null) return t('training.locked')
    const has = project.project !== null && runs.current !== null && bestEpoch(runs.current) !== null
    return has ? null : t('training.nothingToExport')
  }
  addCommands([
    {
      id: 'training.start',
      group: 'training',
      label: () => t('training.start'),
      icon: Play,
      shortcut: 'Mod+Enter',
      disabledReason: blockedReason,
      async run() {
        navigate('train')
        await runs.start()
      },
    },
    {
      id: 'training.pause',
      group: 'training',
      label: () => (runs.going?.state === 'paused' ? t('training.resume') : t('training.pause')),
      icon: Pause,
      disabledReason: idle,
      run: () => (runs.going?.state === 'paused' ? runs.resume() : runs.pause()),
    },
    {
      id: 'training.export',
      group: 'training',
      label: () => t('training.exportModel'),
      icon: PackageCheck,
      keywords: () => `${allWords('training.exportModel')} ${allWords('frame.export')}`,
      disabledReason: exportBlocked,
      run() {
        exportRequested.value = true
        navigate('train')
      },
    },
    {
      id: 'training.stop',
      group: 'training',
      label: () => t('training.stop'),
      icon: Square,
      disabledReason: idle,
      run: () => runs.stop(),
    },
  ])
}
