/** Which batch of which run is replayed, and stepping between batches. */
import { storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Project } from '#core/graph/project'
import type { RunSummary } from '#core/rpc/contract/run'
import { runsOf } from '#core/runs/runsOf'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'

/** The project's image runs that have processed at least one batch, newest first. */
function replayable(project: Project | null, all: readonly RunSummary[]): RunSummary[] {
  const own = project === null ? [] : runsOf(project, all)
  const hasBatches = ({ epochsDone, state }: RunSummary) => epochsDone > 0 || state === 'training' || state === 'paused'
  return own.filter((run) => run.images !== false && hasBatches(run))
}

export function useReplay(wanted: () => boolean) {
  const runs = useRuns()
  const { client } = storeToRefs(runs)
  const project = useProject()
  const list = shallowRef<readonly RunSummary[] | null>(null)
  const run = ref<string | null>(null)
  /** Both 1-based. */
  const epoch = ref(1)
  const batch = ref(1)
  /** Batches per epoch; known once one has been shown. */
  const batches = ref(1)
  const summary = computed(() => list.value?.find((candidate) => candidate.run === run.value) ?? null)
  const epochs = computed(() => summary.value?.epochsPlanned ?? 1)

  /** The project as it was when the chosen run started. */
  const started = shallowRef<Project | null>(null)
  const isAsNow = (part: (document: Project) => unknown): boolean => {
    const [then, now] = [started.value, project.project]
    return then !== null && now !== null && JSON.stringify(part(then)) === JSON.stringify(part(now))
  }
  const ofThisData = computed(() => isAsNow(({ data }) => data.source))
  const withTheseTransforms = computed(() => started.value === null || isAsNow(({ transforms }) => transforms))

  async function load(): Promise<void> {
    if (!wanted() || client.value === null) return
    list.value = replayable(project.project, (await client.value.run.list()).runs)
    if (!list.value.some((candidate) => candidate.run === run.value)) choose(list.value[0]?.run ?? null)
  }

  function choose(next: string | null): void {
    run.value = next
    epoch.value = batch.value = batches.value = 1
  }

  /** Moves to the previous or next batch, across epochs. */
  function step(by: 1 | -1): void {
    const next = batch.value + by
    if (next >= 1 && next <= batches.value) batch.value = next
    else if (by === 1 && epoch.value < epochs.value) [epoch.value, batch.value] = [epoch.value + 1, 1]
    else if (by === -1 && epoch.value > 1) [epoch.value, batch.value] = [epoch.value - 1, batches.value]
  }

  watch(run, async (chosen) => {
    started.value = null
    if (client.value === null || chosen === null) return
    const record = await client.value.run.open({ run: chosen }).catch(() => null)
    if (record !== null && run.value === chosen) started.value = record.project
  })
  // The client does not come from a getter: Vue treats anything with a `catch` as a promise.
  watch([wanted, client, () => runs.live === null, () => project.project?.id], load, { immediate: true })

  return {
    list,
    run,
    epoch,
    batch,
    batches,
    epochs,
    ofThisData,
    withTheseTransforms,
    choose,
    step,
    isFirst: computed(() => epoch.value === 1 && batch.value === 1),
    isLast: computed(() => epoch.value === epochs.value && batch.value === batches.value),
  }
}
