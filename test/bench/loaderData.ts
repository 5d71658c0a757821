/** The data of the loader benchmark: 20,000 photo-like JPEG files in ten folders, generated once, and MNIST. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { dataSchema, type DataSettings } from '#core/graph/dataSettings'

export type LoaderKind = 'images' | 'mnist'

const CLASSES = 10
/** Width and height of the files, which are scaled down when read. */
const FILE_SIZE = 96

/** The source, and its preprocessing. */
export function loaderData(kind: LoaderKind, path: string, size: number): DataSettings {
  const whole = { validation: 0, test: 0 }
  return kind === 'images'
    ? dataSchema.parse({
        source: { kind: 'image-folder', path },
        split: whole,
        preprocess: [{ kind: 'resize', size: [size, size], mode: 'stretch' }],
      })
    : dataSchema.parse({ source: { kind: 'builtin', name: 'mnist' }, split: whole })
}

/** Generates the files if they do not exist; color blobs and noise compress like photos. */
export async function makeImages(folder: string, count: number): Promise<void> {
  if (existsSync(folder)) return
  const unfinished = `${folder}.part`
  await rm(unfinished, { recursive: true, force: true })
  for (let label = 0; label < CLASSES; label++) await mkdir(join(unfinished, `class ${label}`), { recursive: true })
  const few = 16
  for (let i = 0; i < count; i++) {
    const coarse = Uint8Array.from({ length: few * few * 3 }, (_, k) => (i * 131 + k * k * 17 + (k % 3) * 60) % 256)
    const image = sharp(coarse, { raw: { width: few, height: few, channels: 3 } }).resize(FILE_SIZE, FILE_SIZE)
    await image.jpeg({ quality: 90 }).toFile(join(unfinished, `class ${i % CLASSES}`, `${i}.jpg`))
  }
  await rename(unfinished, folder)
}
