/** Connects the window to a real host with temporary folders, over ports in memory. */
import { onTestFinished } from 'vitest'
import { hostState } from '../../../src-renderer/host/hostConnection'
import { startHost } from '../../main/rpc/hostFixture'

export async function connectHost(options: Parameters<typeof startHost>[0] = {}) {
  const started = await startHost(options)
  hostState.value = { phase: 'connected', client: started.client }
  onTestFinished(async () => {
    hostState.value = { phase: 'connecting' }
    await started.host.close()
  })
  return started
}
