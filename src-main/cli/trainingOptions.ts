/** Options that are short for a training setting: `--batch-size 32` for `--set training.batchSize=32`. */
import { describeSetting, trainingParams } from '#core/graph/trainingParams'
import type { ChoiceOption, TextOption } from './command'
import type { Setting } from './settings'

/** The setting that each option stands for. */
const settingOf = {
  epochs: 'epochs',
  'batch-size': 'batchSize',
  'learning-rate': 'learningRate',
  seed: 'seed',
  device: 'device',
  threads: 'threads',
} as const satisfies Readonly<Record<string, keyof typeof trainingParams>>

/** The name by which optimizers of other libraries call it. */
export const learningRateAlias = { alias: 'lr' } as const

type Name = keyof typeof settingOf
const names = Object.keys(settingOf) as Name[]

export const trainingOptions = Object.fromEntries(names.map((name) => [name, optionOf(name)])) as {
  readonly [N in Name]: TextOption | ChoiceOption
}

/** The settings that were given. Their values are checked with the project, as those of `--set` are. */
export function trainingSettingsOf(given: { readonly [N in Name]: string | undefined }): Setting[] {
  return names.flatMap((name) => {
    const value = given[name]
    return value === undefined ? [] : [{ path: `training.${settingOf[name]}`, value }]
  })
}

function optionOf(name: Name): TextOption | ChoiceOption {
  const setting = trainingParams[settingOf[name]]
  const { spec } = setting
  if (spec.type === 'choice') return { type: 'choice', options: spec.options, doc: spec.doc.en }
  const value = spec.type === 'integer' ? 'N' : 'X'
  const doc = `${spec.doc.en} ${sentence(describeSetting(setting))}`
  return { type: 'text', value, doc, ...(name === 'learning-rate' && learningRateAlias) }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
