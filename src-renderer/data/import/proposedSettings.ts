/** What a project stores of a proposal that a person accepts. */
import type { Choice } from '#core/graph/choice'
import type { DataSource } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { findPreTransform } from '#core/pretransforms/index'
import type { DataProposal } from '#core/rpc/contract/data'
import { drawnSplit, givenSplit, type ImportedSettings } from './knownSets'

export type Task = Project['task']

/** Null where nothing was found that can be used. `task` is what the person says that is asked of it. */
export function settingsOf(proposal: DataProposal, task: Task | null): ImportedSettings | null {
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
function stepsFor(steps: readonly Choice[], task: Task): Choice[] {
  const others = steps.filter(({ kind }) => findPreTransform(kind)?.on !== 'target')
  const target = steps.filter(({ kind }) => findPreTransform(kind)?.on === 'target')
  if (task === 'classification') return others
  return [...others, ...(target.length > 0 ? target : [{ kind: 'standardize-target' }])]
}

/** The name of a project: that of the file without its extension. */
function nameOf(title: string): string {
  return title.replace(/\.[a-z0-9]{1,8}$/i, '') || title
}

/** The columns of a proposal's table with what a person changes of one; undefined where a source has no such roles. */
export function baseSource(
  { source }: DataProposal,
  said: DataSource | null,
): Extract<DataSource, { kind: 'table' }> | null {
  if (source?.kind === 'table') return source
  if (source !== null) return null
  // Nothing was found that can be predicted: the person says it.
  return said?.kind === 'table' ? said : { kind: 'table', path: '', label: '', columns: [] }
}
