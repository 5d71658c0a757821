/** Every run on disk as a command that opens it; the list is refreshed whenever the search opens. */
import { List } from '@lucide/vue'
import { shallowRef, watch } from 'vue'
import type { RunSummary } from '#core/rpc/contract/run'
import { searchesBegun, useCommandList } from '../commands/useCommands'
import { navigate } from '../frame/router'
import { allWords } from '../i18n/allWords'
import { useText } from '../i18n/useText'
import { useRuns } from '../stores/runStore'
import { useStateName } from '../run/useStateName'

export function useRunCommands(): void {
  const { t, format } = useText()
  const store = useRuns()
  const stateName = useStateName()
  const runs = shallowRef<readonly RunSummary[]>([])

  watch(searchesBegun, async () => {
    try {
      runs.value = (await store.client?.run.list())?.runs ?? []
    } catch {
      // Without a connection, the last list is the best available; opening a run reports the error.
    }
  })
  useCommandList(() =>
    runs.value.map(({ run, name, startedAt, state }) => ({
      id: `runs.open.${run}`,
      group: 'go' as const,
      label: () =>
        t('runs.openNamed', { name, date: format.when(Date.parse(startedAt)), state: stateName(state) }),
      icon: List,
      keywords: () => `${allWords('frame.runs')} ${run}`,
      onlyFound: true,
      run: () => navigate('runs', [run]),
    })),
  )
}
