/** Transforms in words: their settings in one line, and the names of the catalog's groups. */
import { accepts, type ParamSpec } from '#core/params/params'
import type { TransformGroup } from '#core/transforms/transform'
import { valueText } from '../params/paramValue'
import { inLanguage, useText, type PlainKey } from '../i18n/useText'
import type { TransformRow } from './transformRows'

const groupNames: Readonly<Record<TransformGroup, PlainKey>> = {
  geometry: 'augment.groupGeometry',
  color: 'augment.groupColor',
  noise: 'augment.groupNoise',
  mixing: 'augment.groupMixing',
  scale: 'augment.groupScale',
}

export function useTransformTexts() {
  const { t, format } = useText()

  const short = (value: number): string => format.number(Number(value.toPrecision(3)))

  function valueOf(name: string, spec: ParamSpec, value: unknown): string {
    const unit = name === 'degrees' || name === 'shear' ? '°' : ''
    if (spec.type === 'choice')
      return inLanguage(spec.names?.[String(value)] ?? { en: String(value), zh: String(value) })
    if (spec.type === 'pair' && Array.isArray(value)) return value.join('×')
    if (Array.isArray(value)) {
      const numbers = value.map((number) => `${short(Number(number))}${unit}`)
      return spec.type === 'range'
        ? t('augment.fromTo', { from: numbers[0] ?? '', to: numbers[1] ?? '' })
        : numbers.join(', ')
    }
    return typeof value === 'number' ? short(value) : valueText(value)
  }

  /** The settings of a step in one line; its probability is shown next to its name. */
  function noteOf({ choice, definition }: TransformRow): string {
    if (definition === undefined) return ''
    const facts = Object.entries(definition.params).flatMap(([name, spec]) => {
      const value: unknown = choice[name] ?? spec.default
      if (name === 'p' || value === null || !accepts(spec, value)) return []
      const isDefault = choice[name] === undefined
      if (spec.type === 'flag') return value === true && !isDefault ? [inLanguage(spec.label)] : []
      // Defaults that add nothing are left out.
      if (isDefault && [value].flat().every((number) => number === 0)) return []
      const shown = valueOf(name, spec, value)
      return [spec.type === 'choice' || name === 'degrees' ? shown : `${inLanguage(spec.label)} ${shown}`]
    })
    if (facts.length === 0 && definition.fit !== undefined) return t('augment.fromTraining')
    return facts.slice(0, 4).join(' · ')
  }

  return { noteOf, groupName: (group: TransformGroup) => t(groupNames[group]) }
}
