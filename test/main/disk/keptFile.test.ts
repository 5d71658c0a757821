/** Small files that several processes change, such as the counts of test-set looks. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { KeptFile } from '../../../src-main/disk/keptFile'
import { temporaryFolder } from '../data/temporaryFolder'

it('loses no change when others change the same file', async () => {
  const path = join((await temporaryFolder()).path, 'below', 'count.json')
  // Independent of each other, as in several processes.
  const files = Array.from({ length: 4 }, () => new KeptFile(path, z.number(), 0, true))
  await Promise.all(files.flatMap((file) => Array.from({ length: 5 }, () => file.change((count) => count + 1))))
  expect(await files[0]!.read()).toBe(20)
})
