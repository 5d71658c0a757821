/** The steps of the preparation in words: names, settings in one line, and shapes. */
import type { DataSource } from '#core/graph/dataSettings'
import { accepts, type ParamSpec } from '#core/params/params'
import { inLanguage, useText } from '../i18n/useText'
import { valueText } from '../params/paramValue'
import { formatOf } from './useSourceFacts'
import { isInForce, type StepRow } from './stepRows'

export function useStepTexts() {
  const { t, format } = useText()

  function nameOf({ step, definition }: StepRow, source: DataSource): string {
    if (step === 'read') return t('data.readStep', { format: t(formatOf(source)) })
    if (step === 'decode') return t('data.decodeStep')
    return definition === undefined ? step : inLanguage(definition.title)
  }

  function valueOf(spec: ParamSpec, value: unknown): string {
    if (spec.type === 'choice')
      return inLanguage(spec.names?.[String(value)] ?? { en: String(value), zh: String(value) })
    if (spec.type === 'pair' && Array.isArray(value)) return value.join('×')
    if (spec.type === 'range' && Array.isArray(value)) return value.map(valueText).join(' – ')
    if (spec.type === 'columns') return value === null ? t('kit.allColumns') : format.list(value as string[])
    return typeof value === 'number' ? format.number(value) : valueText(value)
  }

  /** The most significant settings of a step, and its output shape. */
  function noteOf(row: StepRow, isTable: boolean): string {
    const { definition, choice, report } = row
    const settings = Object.entries(definition?.params ?? {}).flatMap(([name, spec]) => {
      if (!isInForce(row, name)) return []
      const value: unknown = choice?.[name] ?? spec.default
      if (spec.type === 'flag') return value === true ? [inLanguage(spec.label)] : []
      if (value === null || !accepts(spec, value) || spec.type === 'range') return []
      return [isPlain(spec) ? `${inLanguage(spec.label)} ${valueOf(spec, value)}` : valueOf(spec, value)]
    })
    if (row.off) return [t('data.off'), ...settings.slice(0, 3)].join(' · ')
    const shape = report?.shape ? [shapeOf(report.shape, definition?.on === 'table' || isTable)] : []
    const byDefault = definition !== undefined && choice === null ? [t('data.byDefault')] : []
    return [...byDefault, ...settings.slice(0, 3), ...shape].join(' · ')
  }

  /** Table rows are described by their number of columns. */
  function shapeOf(shape: readonly number[], isTable: boolean): string {
    const [columns = 0] = shape
    return isTable && shape.length === 1 ? t('data.columnCount', { n: columns }) : format.shape(shape)
  }

  return { nameOf, noteOf }
}

/** A bare number means nothing without its name. */
function isPlain({ type }: ParamSpec): boolean {
  return type === 'integer' || type === 'real'
}
