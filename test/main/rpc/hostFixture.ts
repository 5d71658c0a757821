/** A host on new folders, with a recording desktop, and a client on an in-memory port. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { projectSchema, type Project } from '#core/graph/project'
import { createClient } from '#core/rpc/client'
import type { AppRoot } from '../../../src-main/machine/appFolders'
import type { Desktop, NativeDialogs } from '../../../src-main/desktop/desktop'
import { createHost } from '../../../src-main/rpc/host'
import { portPair } from './portPair'

export const sampleProject: Project = projectSchema.parse({
  format: 'layerloom',
  version: 1,
  name: 'digits',
  task: 'classification',
  data: { source: { kind: 'builtin', name: 'mnist' } },
  graph: {
    nodes: [
      { id: 'input', kind: 'input' },
      { id: 'flat', kind: 'flatten' },
      { id: 'fc', kind: 'linear', params: { units: 10 } },
      { id: 'output', kind: 'output' },
    ],
    edges: [
      { from: 'input', to: 'flat' },
      { from: 'flat', to: 'fc' },
      { from: 'fc', to: 'output' },
    ],
  },
})

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'layerloom-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function startHost(
  options: { dialogs?: NativeDialogs; root?: AppRoot; dataFolder?: string; limitsReading?: boolean } = {},
) {
  const calls: [name: string, ...values: unknown[]][] = []
  const desktop: Desktop = {
    shell: options.dialogs === undefined ? 'browser' : 'electron',
    dialogs: options.dialogs ?? null,
    systemLanguage: 'en-GB',
    setProgress: (fraction) => void calls.push(['setProgress', fraction]),
    notify: (notice) => calls.push(['notify', notice]) < 0,
    setDocument: (document) => void calls.push(['setDocument', document]),
    addRecentDocument: (path) => void calls.push(['addRecentDocument', path]),
    quit: () => void calls.push(['quit']),
  }
  const folder = await temporaryFolder()
  const dataFolder = options.dataFolder ?? join(folder, 'data')
  const { root = { folder, version: '1.2.3' }, limitsReading = false } = options
  const host = createHost({ desktop, root, dataFolder, limitsReading })
  const open = () => {
    const [near, far] = portPair()
    host.connect(far)
    onTestFinished(() => near.close())
    return { client: createClient(near), close: () => near.close() }
  }
  const window = open()
  return { host, calls, folder, dataFolder, client: window.client, close: window.close, openWindow: open }
}
