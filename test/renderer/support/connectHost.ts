/** A host on folders of its own, over ports in memory, as the host of the window. */
import { onTestFinished } from 'vitest'
import { hostState } from '../../../src-renderer/editor/files/hostConnection'
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
