/**
 * Image loaders of a process that decodes its first images in workers: a separate file, so that nothing restricts them
 * earlier.
 */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'
import { plainReading } from '#core/data/imageReading'
import { decodeFiles } from '../../../../src-main/data/prepare/decodeFiles'
import { fixture } from '../readers/fixtures'

it('loaders are restricted before the first worker starts, and not by the workers', async () => {
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"/>')
  expect(await sharp(drawing).metadata(), 'nothing is restricted yet').toMatchObject({ width: 2, height: 3 })
  // A later restriction would undo this.
  const allowDrawings = (): void => sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
  process.on('worker', allowDrawings)
  onTestFinished(() => void process.off('worker', allowDrawings))
  const files = Array.from({ length: 32 }, () => 'rgb.png')
  const setup = { root: fixture('images'), steps: [], reading: plainReading }
  for await (const { decoded } of decodeFiles(setup, files, 4)) expect(decoded).toMatchObject({ shape: [3, 24, 40] })
  await expect(sharp(drawing).metadata(), 'a worker restricted them').resolves.toMatchObject({ width: 2, height: 3 })
  await expect(sharp(fixture('images/rgb.png')).metadata(), 'files are read by name').rejects.toThrow(/unsupported/)
  expect(await sharp(await readFile(fixture('images/rgb.png'))).metadata()).toMatchObject({ width: 40, height: 24 })
})
