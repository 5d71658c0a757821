/** Downloads through the contract: what is on disk of each dataset, downloads in progress, and removal. */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { takeFileLock } from '../../../src-main/data/download/fileLock'
import { startHost, temporaryFolder } from './hostFixture'

async function start() {
  const home = await temporaryFolder()
  vi.stubEnv('LAYERLOOM_HOME', home)
  onTestFinished(() => void vi.unstubAllEnvs())
  const folder = join(home, 'datasets', 'cifar10')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'cifar-10-binary.tar.gz.part'), new Uint8Array(5000))
  return { ...(await startHost()), folder }
}

it('lists the datasets with their terms and what is on disk of each', async () => {
  const { client } = await start()
  const sets = await client.download.list()
  expect(sets.map(({ name, state, there }) => [name, state, there])).toEqual([
    ['fashion-mnist', 'absent', 0],
    ['kmnist', 'absent', 0],
    ['cifar10', 'partial', 5000],
  ])
  for (const { bytes, licence, attribution, page, doc } of sets) {
    expect(bytes).toBeGreaterThan(1e6)
    expect([licence, attribution, page, doc.en, doc.zh].every((text) => text.length > 2)).toBe(true)
  }
})

it('removes the files of a dataset', async () => {
  const { client, folder } = await start()
  await client.download.remove({ name: 'cifar10' })
  expect(await readdir(join(folder, '..'))).toEqual([])
  await client.download.remove({ name: 'cifar10' })
  expect((await client.download.list())[2]!.state).toBe('absent')
})

it('fails with a problem while the same download runs elsewhere, and keeps the files', async () => {
  const { client, folder } = await start()
  const lock = await takeFileLock(join(folder, 'cifar-10-binary.tar.gz.lock'))
  const begun = async () => {
    for await (const event of await client.download.start({ name: 'cifar10' })) throw new Error(event.type)
  }
  const refused = (problemCase: string) => ({
    problems: [
      expect.objectContaining({
        code: 'data-download',
        data: expect.objectContaining({ case: problemCase }) as object,
      }),
    ],
  })
  await expect(begun()).rejects.toMatchObject(refused('busy'))
  await expect(client.download.remove({ name: 'cifar10' })).rejects.toMatchObject(refused('busy-delete'))
  await lock!.release()
  expect((await client.download.list())[2]).toMatchObject({ state: 'partial', there: 5000 })
})

it('rejects unknown datasets', async () => {
  const { client } = await start()
  await expect(client.download.remove({ name: 'imagenet' as 'kmnist' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
