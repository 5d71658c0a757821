/** The keys of the problems (F8, Ctrl .) and what is said of them to screen readers, wherever the panel itself is. */
import { useDebounceFn } from '@vueuse/core'
import { computed, ref, watch, type ComputedRef } from 'vue'
import { CircleAlert, Wrench } from '@lucide/vue'
import { useCommands } from '../../commands/registry'
import { announce } from '../../frame/announcer'
import { useText } from '../../i18n/text'
import { useProject } from '../../stores/projectStore'
import { showToast } from '../../ui/toasts'
import { useProblemList, type ListedFix, type ListedProblem } from './problemListStore'
import { revealNode } from './reveal'

/** Key of the problem that was gone to last; its row is marked. */
export const currentProblem = ref<string | null>(null)

/** Quiet time before the number of problems is said, in milliseconds. */
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

  /** Whether it is known what the first repair is, so that no other is made in its place. */
  const isKnown = computed(() => {
    const isCurrent = list.items.some(({ key, severity }) => key === currentProblem.value && severity !== 'suggestion')
    return list.knows(isCurrent ? currentProblem.value : null)
  })

  /** The first repair of the problem gone to last, or of the first problem that has one. */
  function firstFix(): ListedFix | undefined {
    const current = list.items.find(({ key, fixes }) => key === currentProblem.value && fixes.length > 0)
    return (current ?? list.items.find(({ severity, fixes }) => severity !== 'suggestion' && fixes.length > 0))
      ?.fixes[0]
  }

  function repairFirst(): void {
    const fix = firstFix()
    if (fix === undefined || !list.repair(fix)) return
    announce(t('panels.fixed', { fix: fix.label }))
    showToast({ text: t('panels.fixed', { fix: fix.label }), tone: 'ok' })
  }

  const repair = useOnceKnown(isKnown, repairFirst)

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
        const fix = firstFix()
        return fix === undefined ? t('panels.firstFix') : t('panels.firstFixNamed', { fix: fix.label })
      },
      icon: Wrench,
      shortcut: 'Mod+.',
      disabledReason: () => (isKnown.value && firstFix() === undefined ? t('panels.nothingToFix') : null),
      run: repair,
    },
  ])

  useCountAnnouncements()
}

/** Repairs are worked out a moment after an edit: one asked for before waits until it is known, or until the next edit. */
function useOnceKnown(isKnown: ComputedRef<boolean>, run: () => void): () => void {
  const store = useProject()
  const asked = ref(false)
  watch([asked, isKnown], () => {
    if (!asked.value || !isKnown.value) return
    asked.value = false
    run()
  })
  watch(
    () => store.project?.graph,
    () => (asked.value = false),
  )
  return () => {
    if (isKnown.value) run()
    else asked.value = true
  }
}

/** Says how many problems there are whenever that has changed and settled. */
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
