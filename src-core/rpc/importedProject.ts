/** The project created from imported data, both in the window and on the command line. */
import { portsOf } from '../compiler/analyze'
import { replaceNetwork, type NewData } from '../advice/fitNetwork'
import { applyCommand } from '../graph/apply'
import type { Choice } from '../graph/choice'
import type { DataSettings, DataSource } from '../graph/dataSettings'
import { projectSchema, type Project } from '../graph/project'
import { standardizeTarget } from '../pretransforms/kinds/standardizeTarget'
import { findPreTransform } from '../pretransforms/index'
import type { DataProposal } from './contract/data'

/** What a project stores about its data. */
export interface ImportedSettings {
  readonly title: string
  readonly data: DataSettings
  readonly task: Project['task']
  readonly transforms: Project['transforms']
}

/** The split if the data provides none: enough for validation, and a test set from the start. */
export const drawnSplit: DataSettings['split'] = { validation: 0.15, test: 0.15, stratify: true, seed: 0, given: true }
/** If the data includes a test set, part of the training samples is used for validation. */
export const givenSplit: DataSettings['split'] = { validation: 0.1, test: 0, stratify: true, seed: 0, given: true }

/** What a project stores of a proposal. Null if nothing usable was found; `task` is the user's choice. */
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

/** Steps on the target apply only to regression. */
function stepsFor(steps: readonly Choice[], task: Project['task']): Choice[] {
  const others = steps.filter(({ kind }) => findPreTransform(kind)?.on !== 'target')
  const target = steps.filter(({ kind }) => findPreTransform(kind)?.on === 'target')
  if (task === 'classification') return others
  return [...others, ...(target.length > 0 ? target : [{ kind: standardizeTarget.kind }])]
}

/** The name of a project: the file name without its extension. */
function nameOf(title: string): string {
  return title.replace(/\.[a-z0-9]{1,8}$/i, '') || title
}

/**
 * A project for the data, with an initial network and settings that can train it. `label` names the edit that creates
 * it.
 */
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
