/** No code outside a catalogue's folder knows one of its kinds by name: what others need to know stands in the definitions. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { initializers } from '#core/initializers/index'
import { layers } from '#core/layers/index'
import { losses } from '#core/losses/index'
import { metrics } from '#core/metrics/index'
import { optimizers } from '#core/optimizers/index'
import { preTransforms } from '#core/pretransforms/index'
import { schedules } from '#core/schedules/index'
import { transforms } from '#core/transforms/index'

const root = resolve(import.meta.dirname, '../../..')

/** Catalogues by their folder. */
const catalogues: Readonly<Record<string, readonly { readonly kind: string }[]>> = {
  'src-core/layers/': layers,
  'src-core/losses/': losses,
  'src-core/optimizers/': optimizers,
  'src-core/schedules/': schedules,
  'src-core/metrics/': metrics,
  'src-core/initializers/': initializers,
  'src-core/transforms/': transforms,
  'src-core/pretransforms/': preTransforms,
}

/** Every kind with the folders that may name it. A layer names the initializers of its weights. */
const kinds = [...new Set(Object.values(catalogues).flatMap((catalogue) => catalogue.map(({ kind }) => kind)))].map(
  (kind) => {
    const own = Object.keys(catalogues).filter((folder) => catalogues[folder]!.some((each) => each.kind === kind))
    return { kind, folders: own.includes('src-core/initializers/') ? [...own, 'src-core/layers/'] : own }
  },
)

/** Kinds that are plain words too, of scales, slots, sizes, events, problems: they count only where something is of a kind. */
const words = new Set([
  ...['add', 'embedding', 'flatten', 'input', 'linear', 'output'],
  ...['accuracy', 'constant', 'normal', 'step', 'color', 'drop', 'log', 'pad', 'resize', 'vocabulary'],
])

/** Files and folders that name kinds, and why they may. */
const exceptions: Readonly<Record<string, string>> = {
  'src-core/graph/trainingParams.ts': 'default values of the training settings',
  'src-core/graph/startingNetwork.ts': 'the training settings of a new project',
  'src-core/pretransforms/preTransformList.ts': 'a hint for a step that belongs in the list of transforms',
  'src-core/problems/sentences/preTransforms.ts': 'cases named after the step they are about',
  'src-main/data/propose/': 'the steps of a new dataset',
  'src-main/data/prepare/imageSteps.ts': 'the operation of the image library for each step',
  'src-main/data/prepare/textSteps.ts': 'texts go through all their steps, in a fixed order',
  'src-main/data/prepare/prepareTexts.ts': 'reports of the fixed steps of texts',
  'src-main/data/look/sampleStages.ts': 'stages of the fixed steps of texts',
  'src-renderer/data/import/knownSets.ts': 'the steps of downloadable datasets',
  'src-renderer/project/projectFiles.ts': 'the transforms of a new project',
  'src-renderer/project/templateTexts.ts': 'metrics of templates, a separate union',
  'src-renderer/start/': 'metrics of templates, a separate union',
  'src-renderer/augment/startingSets.ts': 'suggested lists of transforms',
  'src-renderer/plots/scales.ts': 'kinds of axes',
  'src-renderer/runs/runColumns.ts': 'the table of runs has a column for one metric of each task',
  'src-renderer/gallery/': 'specimens',
}

const exceptionFor = (file: string): string | undefined =>
  Object.keys(exceptions).find((place) => file.startsWith(place))

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))

/** `kind` in quotes; of plain words only `kind: 'linear'`, `kind === 'linear'` and the like. */
function naming(kind: string): RegExp {
  const quoted = `['"\`]${kind}['"\`]`
  if (!words.has(kind)) return new RegExp(quoted)
  return new RegExp(`\\bkind\\W{0,3}\\s*([!=]==|:)\\s*${quoted}|${quoted}\\s*[!=]==\\s*[\\w.]*kind\\b`)
}
const patterns = kinds.map(({ kind, folders }) => ({ kind, folders, pattern: naming(kind) }))

function mentions(file: string): string[] {
  const source = withoutComments(readFileSync(join(root, file), 'utf8'))
  const foreign = patterns.filter(
    ({ folders, pattern }) => !folders.some((folder) => file.startsWith(folder)) && pattern.test(source),
  )
  if (foreign.length === 0) return []
  return source
    .split('\n')
    .flatMap((line, index) =>
      foreign.filter(({ pattern }) => pattern.test(line)).map(({ kind }) => `${file}:${index + 1} names ${kind}`),
    )
}

const found = new Map(['src-core', 'src-main', 'src-renderer'].flatMap(sources).map((file) => [file, mentions(file)]))

it('kinds are named in their own catalogue alone', () => {
  expect([...found].flatMap(([file, named]) => (exceptionFor(file) === undefined ? named : []))).toEqual([])
})

it('every exception is needed', () => {
  const used = new Set([...found].flatMap(([file, named]) => (named.length > 0 ? [exceptionFor(file)] : [])))
  expect(Object.keys(exceptions).filter((place) => !used.has(place))).toEqual([])
})
