/** Project settings for the bundled and downloadable datasets. */
import type { Choice } from '#core/graph/choice'
import type { DownloadName, SourceOf } from '#core/graph/dataSettings'
import { embeddedNames } from '#core/graph/dataSettings'
import { drawnSplit, givenSplit, type ImportedSettings } from '#core/rpc/importedProject'

type Name = SourceOf<'builtin'>['name']

/** In display order. */
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
