/** What a project does with the data sets that come with the app or are downloaded. */
import type { Choice } from '#core/graph/choice'
import type { DataSettings, DownloadName, SourceOf } from '#core/graph/dataSettings'
import { embeddedNames } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'

type Name = SourceOf<'builtin'>['name']

/** In the order in which they are offered. */
export const bundledNames = embeddedNames

const tableSteps: readonly Choice[] = [
  { kind: 'fill-missing', strategy: 'median' },
  { kind: 'standardize' },
  { kind: 'one-hot' },
]

const textSteps: readonly Choice[] = [
  { kind: 'lower-case' },
  { kind: 'tokenize', unit: 'word' },
  { kind: 'vocabulary', size: 10_000, minCount: 2 },
  { kind: 'pad', length: 200 },
]

const steps: Readonly<Record<Name, readonly Choice[]>> = {
  mnist: [],
  'fashion-mnist': [],
  kmnist: [],
  cifar10: [],
  penguins: tableSteps,
  cars: [...tableSteps, { kind: 'standardize-target' }],
  stocks: [...tableSteps, { kind: 'standardize-target' }],
  spam: textSteps,
}

const images: readonly (DownloadName | 'mnist')[] = ['mnist', 'fashion-mnist', 'kmnist', 'cifar10']
const regressions: readonly Name[] = ['cars', 'stocks']

export interface ImportedSettings {
  readonly title: string
  readonly data: DataSettings
  readonly task: Project['task']
  readonly transforms: Project['transforms']
}

/** Splits that nothing else gives: enough to measure with, and a test set from the start. */
export const drawnSplit: DataSettings['split'] = { validation: 0.15, test: 0.15, stratify: true, seed: 0, given: true }
/** Where the data brings a test set, a part of the training samples is for validation. */
export const givenSplit: DataSettings['split'] = { validation: 0.1, test: 0, stratify: true, seed: 0, given: true }

export function knownSettings(name: Name, title: string): ImportedSettings {
  const isImages = (images as readonly string[]).includes(name)
  return {
    title,
    data: {
      source: { kind: 'builtin', name },
      split: isImages ? givenSplit : drawnSplit,
      preprocess: [...steps[name]],
    },
    task: regressions.includes(name) ? 'regression' : 'classification',
    transforms: isImages ? [{ kind: 'normalize', enabled: true }] : [],
  }
}
