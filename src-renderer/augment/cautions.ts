/** Steps that are valid but likely a mistake on this data: they change what an image shows, or have no effect. */
import type { DataFacts } from '#core/data/facts'
import { checkParams } from '#core/params/params'
import type { TransformCaution } from '#core/transforms/transform'
import type { PlainKey } from '../i18n/useText'
import { showsSigns } from './startingSets'
import type { TransformRow } from './transformRows'

const sentences: Readonly<Record<TransformCaution, PlainKey>> = {
  mirror: 'augment.cautionMirror',
  turn: 'augment.cautionTurn',
  grey: 'augment.cautionGray',
}

export function cautionFor(row: TransformRow, facts: DataFacts | undefined, channels: number): PlainKey | null {
  if (facts === undefined) return null
  if (row.probability === 0) return 'augment.cautionNever'
  if (row.definition?.caution === undefined) return null
  const { values } = checkParams(row.definition.params, row.choice, row.choice.kind, {})
  const caution = row.definition.caution(values, { channels, signs: showsSigns(facts) })
  return caution === undefined ? null : sentences[caution]
}
