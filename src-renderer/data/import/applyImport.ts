/** Applies imported data: to the open project, in one undoable edit, or as a new project. */
import { fitNetwork, replaceNetwork, type NewData } from '#core/advice/fitNetwork'
import { portsOf } from '#core/compiler/analyze'
import { applyCommand } from '#core/graph/apply'
import type { Command } from '#core/graph/commands'
import type { Project } from '#core/graph/project'
import type { InspectedData } from '#core/rpc/contract/data'
import { importedProject, type ImportedSettings } from '#core/rpc/importedProject'
import { openNewProject } from '../../project/projectFiles'
import { useProject } from '../../stores/projectStore'

export type NetworkChoice = 'keep' | 'new'

/** Name of the edit in the history. */
export const IMPORT_EDIT = 'data.import'

const newData = ({ facts, shape, counts }: InspectedData): NewData => ({ facts, shape, count: counts.train })

/** The edits for the data, and for the network if it does not fit or is replaced. */
export function importCommands(
  project: Project,
  { data, task, transforms }: ImportedSettings,
  found: InspectedData,
  network: NetworkChoice,
): { readonly keeps: boolean; readonly commands: readonly Command[] } {
  const settings: Command[] = [
    { type: 'data.set', settings: data },
    { type: 'project.setTask', task },
    { type: 'transforms.set', transforms },
  ]
  const after = applyCommand(project, { type: 'batch', label: IMPORT_EDIT, commands: settings }, portsOf)
  const { keeps, commands } =
    network === 'keep' ? fitNetwork(after, newData(found)) : replaceNetwork(after, newData(found))
  return { keeps, commands: [...settings, ...commands] }
}

/**
 * Turns the open project into a project of the imported data that keeps its network: named after the data, without a
 * file or
 * runs. False if the network was to be kept but did not fit.
 */
export function importOverProject(settings: ImportedSettings, found: InspectedData, network: NetworkChoice): boolean {
  const project = useProject()
  const before = project.project
  if (before === null) throw new Error('internal: there is no project to import over')
  const { keeps, commands } = importCommands(before, settings, found, network)
  const after = applyCommand(before, { type: 'batch', label: IMPORT_EDIT, commands }, portsOf)
  // A project without data has no earlier data to leave behind: it takes the new data itself.
  if (before.data.source.kind === 'none') project.take(after, IMPORT_EDIT)
  else project.become({ ...after, name: settings.title }, IMPORT_EDIT)
  return keeps || network === 'new' || before.graph.nodes.length === 0
}

/** Opens a project of this data with a starting network. False if the user canceled. */
export function importAsProject(settings: ImportedSettings, found: InspectedData): Promise<boolean> {
  return openNewProject(importedProject(settings, newData(found), IMPORT_EDIT))
}
