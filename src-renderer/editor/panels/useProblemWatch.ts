/** Keyboard shortcuts for problems (F8, Ctrl .) and their screen reader announcements, wherever the panel itself is. */
import { useDebounceFn } from '@vueuse/core'
import { computed, ref, watch } from 'vue'
import { CircleAlert, Wrench } from '@lucide/vue'
import { useCommands } from '../../commands/useCommands'
import { announce } from '../../ui/announcer'
import { useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { showToast } from '../../ui/toasts'
import { useProblemList, type ListedProblem } from '../../stores/problemListStore'
import { revealNode } from './reveal'

/** Key of the last visited problem; its row is marked. */
export const currentProblem = ref<string | null>(null)

/** Debounce time before the number of problems is announced, in milliseconds. */
const PAUSE = 800

export function useProblemWatch(): void {
  const { t } = useText()
  const list = useProblemList()

  function goTo(problem: ListedProblem): void {
    currentProblem.value = problem.key
    if (problem.node !== undefined) revealNode(problem.node)
    const severity = t(`kit.${problem.severity}`)
    announce(t('panels.problemAnnounced', { severity, message: problem.message }))
  }

  function goToNext(): void {
    const at = list.items.findIndex(({ key }) => key === currentProblem.value)
    const next = list.items[(at + 1) % list.items.length]
    if (next !== undefined) goTo(next)
  }

  const firstFix = computed(() => list.firstFix(currentProblem.value))

  function repairFirst(): void {
    const fix = firstFix.value
    if (!fix) return announce(t('panels.nothingToFix'))
    if (!list.repair(fix)) return
    announce(t('panels.fixed', { fix: fix.label }))
    showToast({ text: t('panels.fixed', { fix: fix.label }), tone: 'ok' })
  }

  const repair = useOnceKnown(() => firstFix.value !== undefined, repairFirst)

  useCommands([
    {
      id: 'problem.next',
      group: 'model',
      label: () => t('panels.nextProblem'),
      icon: CircleAlert,
      shortcut: 'F8',
      disabledReason: () => (list.items.length === 0 ? t('panels.noProblems') : null),
      run: goToNext,
    },
    {
      id: 'problem.fix',
      group: 'model',
      label: () => {
        const { value: fix } = firstFix
        return fix ? t('panels.firstFixNamed', { fix: fix.label }) : t('panels.firstFix')
      },
      icon: Wrench,
      shortcut: 'Mod+.',
      disabledReason: () => (firstFix.value === null ? t('panels.nothingToFix') : null),
      run: repair,
    },
  ])

  useCountAnnouncements()
}

/**
 * Fixes are computed a moment after an edit: an earlier request waits until they are known. The next edit, or going to
 * another problem, cancels the request.
 */
function useOnceKnown(isKnown: () => boolean, run: () => void): () => void {
  const store = useProject()
  const now = () => ({ project: store.project, problem: currentProblem.value })
  let asked: ReturnType<typeof now> | null = null
  watch(isKnown, (known) => {
    if (!known || asked === null) return
    const { project, problem } = now()
    const holds = asked.project === project && asked.problem === problem
    asked = null
    if (holds) run()
  })
  return () => {
    asked = isKnown() ? null : now()
    if (asked === null) run()
  }
}

/** Announces the number of problems once a change has settled. */
function useCountAnnouncements(): void {
  const { t } = useText()
  const list = useProblemList()
  const sayCounts = useDebounceFn(({ errors, warnings }: { errors: number; warnings: number }) => {
    const none = errors === 0 && warnings === 0
    announce(none ? t('panels.noProblems') : t('panels.countAnnounced', { errors, warnings }))
  }, PAUSE)
  watch(
    () => list.counts,
    (now, before) => {
      if (now.errors !== before.errors || now.warnings !== before.warnings) void sayCounts(now)
    },
  )
}
