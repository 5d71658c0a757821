/** How a project differs from what a run used, in the UI language. */
import type { ChangedValue, ProjectChange } from '#core/graph/changes'
import { valueText } from '../params/paramValue'
import { useSettingNames } from '../editor/panels/useSettingNames'
import { useText, type PlainKey } from '../i18n/useText'

/** A layer or a group of settings, and what changed. */
export interface ChangeLine {
  readonly part: ProjectChange['part']
  /** Id of the layer; null for settings. */
  readonly layer: string | null
  readonly text: string
}

const layerValues: Readonly<Record<string, PlainKey>> = {
  kind: 'training.changedKind',
  trainable: 'training.changedTrainable',
  initializers: 'training.changedInitializers',
  repeat: 'training.changedRepeat',
  task: 'training.changedTask',
}

export function useChangeTexts() {
  const { t } = useText()
  const names = useSettingNames()

  function nameOf({ name }: ChangedValue, part: ProjectChange['part'], id: string): string {
    const key = layerValues[name]
    if (key !== undefined) return t(key)
    if (part === 'network') return names.parameter(id.split('.').at(-1) ?? id, name)
    return part === 'data' ? names.data(name) : names.training(name)
  }

  /** `learning rate 0.001 → 0.01` if both values are short. */
  function valueOf(value: ChangedValue, name: string): string {
    const said = [value.before, value.after].map(short)
    return said.includes(null) ? name : t('training.changedValue', { name, before: said[0]!, after: said[1]! })
  }

  function lines(change: ProjectChange): ChangeLine[] {
    const { part } = change
    if (part === 'transforms') return [{ part, layer: null, text: t('training.changedTransforms') }]
    if (part !== 'network')
      return change.values.map((value) => ({ part, layer: null, text: valueOf(value, nameOf(value, part, '')) }))
    const { id } = change
    if (change.what !== 'changed') return [{ part, layer: id, text: t(`training.layer_${change.what}`, { id }) }]
    return change.values.map((value) => {
      const detail = valueOf(value, nameOf(value, part, id))
      return { part, layer: id, text: t('training.layer_changed', { id, detail }) }
    })
  }

  /** "Network changed since run 3". */
  function title(changes: readonly ProjectChange[], run: number): string {
    const parts = new Set(changes.map(({ part }) => part))
    const [part] = parts
    return t(`training.changed_${parts.size === 1 && part !== undefined ? part : 'project'}`, { n: run })
  }

  return { title, lines: (changes: readonly ProjectChange[]): ChangeLine[] => changes.flatMap(lines) }
}

/** Null for a value that needs its own line. */
function short(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') {
    const { kind } = value as { kind?: unknown }
    if (Array.isArray(value) && value.length <= 4 && value.every((one) => typeof one === 'number'))
      return valueText(value)
    return typeof kind === 'string' && Object.keys(value).length === 1 ? kind : null
  }
  return valueText(value)
}
