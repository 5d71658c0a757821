/** Images: their file sizes in pixels, and the mean and deviation of their channels. */
import type { ImageReading } from '#core/data/imageReading'
import { formatCount } from '../view/numbers'
import { alignRows } from '../view/table'
import type { Section } from './describe'
import { formatShare, formatValue } from './figures'
import type { PreparedData } from './inspection'

/** Sizes to list. */
const SIZES = 5

const channelNames: Readonly<Record<number, readonly string[]>> = { 1: ['gray'], 3: ['red', 'green', 'blue'] }
const kindNames: Readonly<Record<string, string>> = {
  1: 'gray',
  2: 'gray with transparency',
  3: 'color',
  4: 'color with transparency',
  cmyk: 'CMYK',
}

export function imageSection({ dataset, look, sizes }: PreparedData): Section {
  const { channels } = look
  if (channels.length === 0) return { title: 'Images', lines: [] }
  const names = channelNames[channels.length] ?? channels.map((_, c) => `channel ${c + 1}`)
  const rows = channels.map(({ mean, deviation }, c) => [
    names[c]!,
    `mean ${formatValue(mean)}`,
    `std ${formatValue(deviation)}`,
  ])
  return {
    title: 'Images',
    lines: [
      ...(sizes ? sizeLines(sizes) : []),
      ...readingLines(dataset.preprocess.reading, sizes),
      ...alignRows(rows),
      '  Pixels 0 to 255, training split.',
    ],
  }
}

/** How the files are read, where there is a choice. */
function readingLines(reading: ImageReading | undefined, sizes: PreparedData['sizes']): string[] {
  const isTransparent = Object.keys(sizes?.channels ?? {}).some((kind) => kind === '2' || kind === '4')
  const levels = reading?.levels
  return [
    ...(reading && isTransparent ? [`  Transparent parts over ${reading.background}.`] : []),
    ...(levels ? [`  Values ${levels[0]} to ${levels[1]} of 16 bits as 0 to 255.`] : []),
  ]
}

function sizeLines({ sizes, channels, looked, files }: NonNullable<PreparedData['sizes']>): string[] {
  const listed = sizes
    .slice(0, SIZES)
    .map(({ width, height, count }) => `${width} × ${height} (${formatShare(count, looked)})`)
  const widths = sizes.map(({ width }) => width)
  const heights = sizes.map(({ height }) => height)
  const range =
    sizes.length > SIZES
      ? [
          `  from ${Math.min(...widths)} × ${Math.min(...heights)} to ${Math.max(...widths)} × ${Math.max(...heights)}, the most frequent:`,
        ]
      : []
  const kinds = Object.entries(channels).map(([count, n]) => `${kindNames[count] ?? count} ${formatShare(n, looked)}`)
  const part = looked < files ? [`  Of ${formatCount(looked)} of ${formatCount(files)} files.`] : []
  return [...range, `  ${listed.join(' · ')}`, `  ${kinds.join(' · ')}`, ...part]
}
