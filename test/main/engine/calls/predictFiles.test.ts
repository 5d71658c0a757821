/**
 * Runs and their exported models predict the same for new images and texts, and the models describe how to feed them.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import { startingNetwork } from '#core/graph/startingNetwork'
import { decodeModel } from '#core/onnx/decode'
import type { FinishedEvent } from '#core/runs/events'
import { predict } from '../../../../src-main/engine/calls/predictor'
import { runOnnx } from '../../../support/runOnnx'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { projectsFolder, sampleProject, train } from '../training/trainHere'

let spam: FinishedEvent
let colours: FinishedEvent
const SIDES = [40, 31, 64]
const picture = (side: number, background: string) =>
  sharp({ create: { width: side, height: side + 7, channels: 3, background } })

/** Images of several sizes in warm and cold colors, easy for a network to separate. */
async function colourProject(folder: string) {
  for (const [name, backgrounds] of [
    ['cold', ['#0000ff', '#2040e0']],
    ['warm', ['#ff0000', '#e04020']],
  ] as const) {
    await mkdir(join(folder, '图像', name), { recursive: true })
    for (const side of SIDES)
      for (const [i, background] of backgrounds.entries())
        await picture(side, background).toFile(join(folder, '图像', name, `${side}-${i}.png`))
  }
  const sample = { dtype: 'uint8', shape: [3, 16, 16] } as const
  const graph = startingNetwork({ sample, target: { kind: 'classes', classes: ['cold', 'warm'] } }, sample.shape)
  const text = JSON.stringify({
    format: 'layerloom',
    version: 1,
    name: 'Colours',
    task: 'classification',
    data: {
      source: { kind: 'image-folder', path: '图像' },
      split: { validation: 0.2 },
      preprocess: [{ kind: 'color' }, { kind: 'resize', size: 16, mode: 'stretch' }],
    },
    transforms: [{ kind: 'normalize' }],
    graph,
    training: { loss: { kind: 'cross-entropy' }, optimizer: { kind: 'adam' }, learningRate: 0.003, epochs: 15 },
  })
  const { project, problems } = parseProject(text, 'colours.loom')
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'))
  return project
}

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'layerloom-'))
  const project = sampleProject('spam', { epochs: 2 })
  spam = (await train({ project, projectFolder: projectsFolder, out: join(parent, 'spam') })).finished
  const own = { project: await colourProject(parent), projectFolder: parent, out: join(parent, 'colours') }
  colours = (await train(own)).finished
  return () => rm(parent, { recursive: true })
})

/** Probabilities by class, in alphabetical order. */
async function answers(target: string, files: readonly string[], texts: readonly string[] = []) {
  const report = await predict({ target, files, texts })
  return [...report.files, ...(report.texts ? [report.texts] : [])].flatMap(({ predictions }) =>
    predictions.map((answer) => {
      if (answer.kind !== 'classes') throw new Error('expected classes')
      return answer.classes.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ probability }) => probability)
    }),
  )
}

const SPAM = 'You have won a FREE prize! Click here to claim your money, no obligation, remove me from the list'
const HAM = 'Re: the patch for the kernel. On Monday Tom wrote: the spamassassin list uses the perl module from CVS'

describe('a model of texts', () => {
  it('predicts texts, files and table rows, the same from the run and from the exported file', async () => {
    const folder = await temporaryFolder()
    const mail = await folder.write('邮件.eml', SPAM)
    const table = await folder.write('mails.csv', `label,text\nham,"${HAM}"\nspam,"${SPAM}"\n`)
    const fromRun = await answers(spam.run, [mail, table], [SPAM, HAM])
    const fromModel = await answers(spam.model, [mail, table], [SPAM, HAM])
    expect(fromRun).toHaveLength(5)
    expect(fromRun.map(([ham]) => ham! > 0.5)).toEqual([false, true, false, false, true])
    fromRun.flat().forEach((value, i) => expect(value).toBeCloseTo(fromModel.flat()[i]!, 5))
  })

  it('describes everything that another program needs to feed it', async () => {
    const bytes = await readFile(spam.model)
    const { metadata } = decodeModel(bytes, 'model.onnx')
    expect(metadata['input']).toBe(
      'samples: int32 [N, 200], token ids: the place of each word in vocabulary, 1 where it is not there, 0 to fill up; texts prepared by lower-case, tokenize (unit word), vocabulary (size 10000, minCount 2), pad (length 200, side end)',
    )
    const vocabulary = JSON.parse(metadata['vocabulary']!) as string[]
    const ids = SPAM.toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '')
      .map((word) => Math.max(1, vocabulary.indexOf(word)))
    const data = Int32Array.from({ length: 200 }, (_, i) => ids[i] ?? 0)
    const { probabilities } = await runOnnx(bytes, { samples: { dtype: 'int32', shape: [1, 200], data } })
    const [[ham, junk]] = (await answers(spam.run, [], [SPAM])) as [[number, number]]
    expect(metadata['classes']).toBe('["ham","spam"]')
    expect(probabilities!.data[0]).toBeCloseTo(ham, 5)
    expect(probabilities!.data[1]).toBeCloseTo(junk, 5)
  })
})

describe('a model of an image folder', () => {
  it('predicts an image of any size, the same from the run and from the exported file', async () => {
    const folder = await temporaryFolder()
    const warm = await folder.write('夕阳.jpg', await picture(200, '#f03010').jpeg().toBuffer())
    const cold = await folder.write('cold.webp', await picture(16, '#1020f0').webp({ lossless: true }).toBuffer())
    const fromRun = await answers(colours.run, [warm, cold])
    const fromModel = await answers(colours.model, [warm, cold])
    expect(fromRun.map(([blue]) => blue! > 0.5)).toEqual([false, true])
    fromRun.flat().forEach((value, i) => expect(value).toBeCloseTo(fromModel.flat()[i]!, 5))
  })

  it('describes how images are prepared, and rejects a text', async () => {
    const { metadata } = decodeModel(await readFile(colours.model), 'model.onnx')
    expect(metadata['input']).toBe(
      'samples: uint8 [N, 3, 16, 16], images as channels, height, width with pixels 0 to 255, prepared by color (mode rgb), resize (size 16, mode stretch); all that follows is inside the model',
    )
    expect(await problemsOf(predict({ target: colours.model, files: [], texts: ['red'] }))).toMatchObject([
      { code: 'model-input', expected: 'images of 3×16×16 (channels × height × width)', received: 'a text' },
    ])
  })
})
