/** Additional places of browser mode: folders given with --browse. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startServer } from '../../../src-main/server/start'
import { openClient, startTestServer } from './serverFixture'

it('adds the places of --browse to the others, including those of a second start', async () => {
  const more = [await mkdtemp(join(tmpdir(), 'layerloom-more-')), await mkdtemp(join(tmpdir(), 'layerloom-more-'))]
  onTestFinished(async () => {
    for (const folder of more) await rm(folder, { recursive: true })
  })
  const own = await startTestServer({ browse: [more[0]!] })
  onTestFinished(() => own.end())
  const { client } = await openClient(own)
  const names = async () => (await client.dialog.places()).map(({ name }) => name)
  expect(await names()).toEqual([basename(more[0]!)])
  const common = { root: { folder: own.folder, version: '1.0.0' }, webRoot: join(own.folder, 'page') }
  await startServer({ ...common, dataFolder: own.dataFolder, browse: [more[1]!] })
  expect(await names()).toEqual(more.map((folder) => basename(folder)))
  const nowhere = startServer({
    ...common,
    dataFolder: join(own.folder, 'other'),
    browse: [join(more[0]!, 'nowhere')],
  })
  await expect(nowhere).rejects.toMatchObject({
    problems: [{ code: 'data-missing', message: 'Cannot open the folder to browse.', received: 'no such folder' }],
  })
})
