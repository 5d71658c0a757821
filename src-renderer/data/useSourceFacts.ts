/** A dataset in words: what it is, its size, and the shape of a sample. */
import type { DataFacts } from '#core/data/facts'
import { sampleKind } from '#core/data/facts'
import { downloadNames, type DataSource } from '#core/graph/dataSettings'
import type { InspectedData } from '#core/rpc/contract/data'
import { useText, type PlainKey } from '../i18n/useText'

export interface NamedFact {
  readonly name: string
  readonly value: string
}

const builtinFormats: Readonly<Record<string, PlainKey>> = {
  mnist: 'data.formatIdx',
  'fashion-mnist': 'data.formatIdx',
  kmnist: 'data.formatIdx',
  cifar10: 'data.formatCifar',
}

const formats: Readonly<Record<DataSource['kind'], PlainKey>> = {
  none: 'data.formatNone',
  builtin: 'data.formatTable',
  idx: 'data.formatIdx',
  table: 'data.formatTable',
  'image-folder': 'data.formatImageFolder',
  'image-list': 'data.formatImageList',
  arrays: 'data.formatArrays',
  'text-folder': 'data.formatTextFolder',
}

/** Name of the reader of a source. */
export function formatOf(source: DataSource): PlainKey {
  return source.kind === 'builtin' ? (builtinFormats[source.name] ?? 'data.formatTable') : formats[source.kind]
}

/** Origin of a source, as a word beside its title. */
export function originOf(source: DataSource): PlainKey | null {
  if (source.kind !== 'builtin') return null
  return (downloadNames as readonly string[]).includes(source.name) ? 'data.originDownload' : 'data.originEmbedded'
}

/** The file or folder of a source; null if it has none. */
export function sourcePathOf(source: DataSource): string | null {
  if ('path' in source) return source.path
  if (source.kind === 'idx') return source.trainImages
  return source.kind === 'arrays' ? source.samples : null
}

export function useSourceFacts() {
  const { t, format } = useText()

  function sampleText({ sample }: DataFacts): string {
    const shape = format.shape(sample.shape)
    if (sample.dtype === 'int32') return t('data.tokenCount', { n: sample.shape[0] ?? 0 })
    return sample.dtype === 'uint8' ? t('data.imageForm', { shape }) : t('data.numberForm', { shape })
  }

  function countName(facts: DataFacts): string {
    const names = { image: t('data.images'), table: t('data.rows'), text: t('data.texts'), array: t('data.arrays') }
    return names[sampleKind(facts.sample)]
  }

  /** The folder; a drop on a page is a copy kept by the app. */
  function placeText(path: string): string {
    if (/[\\/]imports[\\/][\w-]{16,}[\\/]/.test(path)) return t('data.appCopy')
    return path.split(/[\\/]/).slice(0, -1).join('/') || t('data.besideProject')
  }

  /** Per channel over the training split, on the byte scale. */
  function channelFacts({ facts, statistics }: InspectedData): readonly NamedFact[] {
    if (facts.sample.dtype !== 'uint8') return []
    const channels = statistics.sample.flatMap((channel) => ('mean' in channel ? [channel] : []))
    const written = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' · ')
    return [
      { name: t('data.mean'), value: written(channels.map(({ mean }) => mean)) },
      { name: t('data.deviation'), value: written(channels.map(({ deviation }) => deviation)) },
    ]
  }

  /** The lines below the title. */
  function factsOf(source: DataSource, data: InspectedData): readonly NamedFact[] {
    const { facts, counts, steps } = data
    const { sample, target } = facts
    const total = counts.train + counts.validation + counts.test
    const path = sourcePathOf(source)
    return [
      { name: t('data.format'), value: t(formatOf(source)) },
      ...(path === null ? [] : [{ name: t('data.place'), value: placeText(path) }]),
      { name: countName(facts), value: format.number(total) },
      sample.columns
        ? { name: t('data.columns'), value: format.number(sample.columns.length) }
        : { name: t('data.sampleForm'), value: sampleText(facts) },
      ...(sample.vocabulary ? [{ name: t('data.vocabulary'), value: format.number(sample.vocabulary.length) }] : []),
      target.kind === 'classes'
        ? { name: t('data.classes'), value: format.number(target.classes.length) }
        : { name: t('data.target'), value: format.list(target.names) },
      ...channelFacts(data),
      { name: t('data.onDisk'), value: format.bytes(steps.reduce((sum, step) => sum + step.bytes, 0)) },
    ]
  }

  return { factsOf }
}
