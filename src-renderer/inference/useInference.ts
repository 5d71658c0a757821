/** Predictions with a run: the chosen weights, the pending question, the answer, and earlier ones. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { RunRecordView, RunSummary } from '#core/rpc/contract/run'
import type { InferenceAnswer, InferenceForm, InferenceInput } from '#core/rpc/contract/inference'
import { runsOf } from '#core/runs/runsOf'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { refusalTexts } from './refusalTexts'

export type InferencePrediction = Awaited<
  ReturnType<NonNullable<ReturnType<typeof useRuns>['client']>['inference']['predict']>
>

export interface Asked {
  readonly id: number
  /** What was asked, e.g. "Validation sample #12". */
  readonly title: string
  readonly kind: InferenceInput['kind']
  readonly prediction: InferencePrediction
}

interface Question {
  readonly input: InferenceInput
  readonly title: string
}

/** Milliseconds before progress is shown; anything faster would only flicker. */
const SLOW = 200
/** Maximum number of earlier answers shown. */
const MOST_EARLIER = 8

/** Runs of the open project that have weights, newest first; null until the host responds. */
function useAvailableRuns() {
  const runs = useRuns()
  const project = useProject()
  const available = shallowRef<readonly RunSummary[] | null>(null)
  const chosen = ref<string | null>(null)

  async function load(): Promise<void> {
    const { project: document } = project
    const listed = await runs.client?.run.list().catch(() => undefined)
    const own = document === null ? [] : runsOf(document, listed?.runs ?? [])
    available.value = own.filter(({ best, state }) => best !== null && state !== 'preparing')
    const known = available.value.some(({ run }) => run === chosen.value)
    if (!known) chosen.value = available.value[0]?.run ?? null
  }

  // Every epoch may bring better weights, and so does the end of a run.
  watch(
    () => [
      runs.client,
      project.project?.id,
      runs.current?.record.summary.run,
      runs.current?.record.epochs.length,
      runs.current?.record.end,
    ],
    load,
    { immediate: true },
  )
  return { available, chosen }
}

/** Sends one question at a time; while one is pending, only the newest other one is kept. */
function useQueue(answer: (question: Question) => Promise<void>) {
  const busy = ref(false)
  /** The question takes long enough to show progress. */
  const slow = ref(false)
  let waiting: Question | null = null

  async function ask(newest: Question): Promise<void> {
    waiting = newest
    if (busy.value) return
    busy.value = true
    const timer = setTimeout(() => (slow.value = true), SLOW)
    while (waiting !== null) {
      const question: Question = waiting
      waiting = null
      await answer(question)
    }
    clearTimeout(timer)
    busy.value = slow.value = false
  }

  return { ask, busy, slow }
}

/** The chosen run, and how it is queried. */
function useChosenRun(chosen: Readonly<Ref<string | null>>) {
  const runs = useRuns()
  const record = shallowRef<RunRecordView | null>(null)
  const form = shallowRef<InferenceForm | null>(null)
  watch(
    chosen,
    async (run) => {
      record.value = form.value = null
      const { client } = runs
      if (run === null || client === null) return
      const [opened, found] = await Promise.all([
        client.run.open({ run }).catch(() => null),
        client.inference.form({ run }).catch(() => null),
      ])
      if (run !== chosen.value) return
      record.value = opened
      form.value = found
    },
    { immediate: true },
  )
  return { record, form }
}

export function useInference() {
  const runs = useRuns()
  const { available, chosen } = useAvailableRuns()
  const { record, form } = useChosenRun(chosen)
  const asked = shallowRef<readonly Asked[]>([])
  const failure = shallowRef<{ readonly error: unknown } | null>(null)
  let newest: Question | null = null
  /** A question about a new file is pending, and the previous answer could be mistaken for its result. */
  const isFileAwaited = ref(false)
  /** The last question, if it failed. */
  let failed: Question | null = null
  let count = 0

  watch(chosen, () => {
    asked.value = []
    failure.value = failed = newest = null
    isFileAwaited.value = false
  })

  const { ask, busy, slow } = useQueue(answer)

  // A run in progress is listed shortly before its first weights are on disk; a retry may succeed.
  watch(available, () => {
    if (failed !== null && !busy.value) void ask(failed)
  })

  async function answer(question: Question): Promise<void> {
    const { input, title } = question
    const { kind } = input
    const run = chosen.value
    if (run === null || runs.client === null) return
    try {
      const prediction = await runs.client.inference.predict({ run, input })
      if (run !== chosen.value) return
      failure.value = failed = null
      isFileAwaited.value = newest !== question && newest?.input.kind === 'file'
      // Strokes of one drawing replace each other, as do edits of one text.
      const grows = kind === 'raw' || kind === 'text'
      const others = grows && asked.value[0]?.title === title ? asked.value.slice(1) : asked.value
      asked.value = [{ id: ++count, title, kind, prediction }, ...others].slice(0, MOST_EARLIER)
    } catch (error) {
      if (run !== chosen.value) return
      failed = question
      failure.value = { error }
    }
  }

  return {
    available,
    chosen,
    record,
    form,
    asked,
    /** The answer to the last question; null if it was rejected, or is pending for a new file. */
    current: computed(() => (failure.value !== null || isFileAwaited.value ? null : (asked.value[0] ?? null))),
    /** Why the last question was rejected. */
    refusals: computed(() => (failure.value === null ? [] : refusalTexts(failure.value.error))),
    busy,
    slow,
    ask(input: InferenceInput, title: string) {
      newest = { input, title }
      if (input.kind === 'file') isFileAwaited.value = true
      return ask(newest)
    },
    choose: (run: string) => void (chosen.value = run),
  }
}

/** Classes by descending probability. */
export function ranked({ outputs }: InferenceAnswer): readonly { readonly index: number; readonly share: number }[] {
  return Array.from(outputs, (share, index) => ({ index, share })).sort((a, b) => b.share - a.share)
}
