/** Opens a project in fresh stores, with the facts of its data as the host reports them. */
import type { DataFacts } from '#core/data/facts'
import type { Project } from '#core/graph/project'
import { useProject } from '../../../src-renderer/stores/projectStore'
import { digits } from '../../core/compiler/networks'
import { freshStores } from './mountComponent'

interface OpenOptions {
  readonly facts?: DataFacts
  readonly readOnly?: boolean
}

export function openProject(opened: Project, { facts = digits, readOnly = false }: OpenOptions = {}) {
  const pinia = freshStores()
  const project = useProject(pinia)
  project.open(opened, null, { readOnly })
  project.sample = facts.sample.shape
  project.facts = facts
  return { pinia, project }
}
