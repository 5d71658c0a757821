/** Where a step is allowed and still likely a mistake on this data: it changes what an image shows, or nothing at all. */
import type { DataFacts } from '#core/data/facts'
import type { PlainKey } from '../i18n/useText'
import { showsSigns } from './startingSets'
import type { TransformRow } from './transformRows'

type Caution = (row: TransformRow, facts: DataFacts, channels: number) => PlainKey | null

/** Degrees beyond which a 6 becomes a 9. */
const UPRIGHT = 60

const mirror: Caution = (_, facts) => (showsSigns(facts) ? 'augment.cautionMirror' : null)
const turn: Caution = ({ choice }, facts) =>
  showsSigns(facts) && Array.isArray(choice.degrees) && choice.degrees.some((end) => Math.abs(Number(end)) > UPRIGHT)
    ? 'augment.cautionTurn'
    : null

const cautions: Readonly<Record<string, Caution>> = {
  'random-horizontal-flip': mirror,
  'random-vertical-flip': mirror,
  'random-rotation': turn,
  'random-affine': turn,
  'random-grayscale': (_, __, channels) => (channels === 3 ? null : 'augment.cautionGrey'),
}

export function cautionFor(row: TransformRow, facts: DataFacts | undefined, channels: number): PlainKey | null {
  if (facts === undefined) return null
  if (row.probability === 0) return 'augment.cautionNever'
  return cautions[row.choice.kind]?.(row, facts, channels) ?? null
}
