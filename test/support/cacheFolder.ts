/** One cache and one data folder for all tests in a run, so that MNIST is prepared once; removed at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-cache-'))
  process.env.LAYERLOOM_CACHE = folder
  process.env.LAYERLOOM_HOME = join(folder, 'home')
  return () => rmSync(folder, { recursive: true, force: true })
}
