/** The project that imported data becomes, in the window and on the command line alike. */
import { portsOf } from '../compiler/analyze'
import { replaceNetwork, type NewData } from '../advice/fitNetwork'
import { applyCommand } from '../graph/apply'
import type { Choice } from '../graph/choice'
import type { DataSettings, DataSource } from '../graph/dataSettings'
import { projectSchema, type Project } from '../graph/project'
import { standardizeTarget } from '../pretransforms/kinds/standardizeTarget'
import { findPreTransform } from '../pretransforms/index'
import type { DataProposal } from './contract/data'

/** What a project stores of its data. */
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

/** What a project stores of a proposal. Null where nothing was found that can be used; `task` is what the person asks of it. */
export function settingsOf(proposal: DataProposal, task: Project['task'] | null): ImportedSettings | null {
  const { source, splits, preprocess, transforms } = proposal
  if (source === null) return null
  const asked = task ?? proposal.task
  const bringsTest =
    (splits?.test ?? 0) > 0 || ('testSamples' in source && source.testSamples !== undefined) || hasTestFiles(source)
  return {
    title: nameOf(proposal.title),
    data: { source, split: bringsTest ? givenSplit : drawnSplit, preprocess: stepsFor(preprocess, asked) },
    task: asked,
    transforms,
  }
}

const hasTestFiles = (source: DataSource): boolean => source.kind === 'idx' && source.testImages !== undefined

/** Steps on the target are for regressions alone. */
function stepsFor(steps: readonly Choice[], task: Project['task']): Choice[] {
  const others = steps.filter(({ kind }) => findPreTransform(kind)?.on !== 'target')
  const target = steps.filter(({ kind }) => findPreTransform(kind)?.on === 'target')
  if (task === 'classification') return others
  return [...others, ...(target.length > 0 ? target : [{ kind: standardizeTarget.kind }])]
}

/** The name of a project: that of the file without its extension. */
function nameOf(title: string): string {
  return title.replace(/\.[a-z0-9]{1,8}$/i, '') || title
}

/** A project of the data, with a network to begin with and settings that train it. `label` names the edit that makes it. */
export function importedProject(settings: ImportedSettings, found: NewData, label: string): Project {
  const { data, task, transforms, title } = settings
  const empty = projectSchema.parse({
    format: 'layerloom',
    version: 1,
    name: title,
    task,
    data,
    transforms,
    graph: { nodes: [], edges: [] },
  })
  const { commands } = replaceNetwork(empty, found)
  return applyCommand(empty, { type: 'batch', label, commands }, portsOf)
}
