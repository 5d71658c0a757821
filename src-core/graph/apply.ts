/** The only place where a project changes: commands are applied without mutating the project they are applied to. */
import { ProblemError, type Problem } from '../problems/problem'
import { expansionProblems } from './blocks'
import type { Command, CommandType } from './commands'
import { groupLayers, setRepeat, ungroupLayers } from './edits/blocks'
import { connect, disconnect } from './edits/edges'
import { addNode, duplicateNodes, moveNodes, pasteNodes, removeNodes, renameNode } from './edits/nodes'
import { setInitializer, setParam, setTrainable } from './edits/parameters'
import { renameProject, setData, setTask, setTraining, setTransforms } from './edits/settings'
import { formProblems } from './formProblems'
import { unknownPorts, type Ports } from './ports'
import { graphSchema, type NetworkGraph, type Project } from './project'
import { editGraphAt, graphAt, type Scope } from './scope'

type Edit<C> = (project: Project, command: C, ports: Ports) => Project

const edits: { readonly [T in CommandType]: Edit<Extract<Command, { type: T }>> } = {
  'node.add': inScope(addNode),
  'node.remove': removeNodes,
  'node.rename': renameNode,
  'node.move': inScope(moveNodes),
  'graph.layout': inScope(moveNodes),
  'node.setParam': inScope(setParam),
  'node.setTrainable': inScope(setTrainable),
  'node.setInitializer': inScope(setInitializer),
  'edge.connect': inScope(connect),
  'edge.disconnect': inScope(disconnect),
  'nodes.paste': inScope(pasteNodes),
  'nodes.duplicate': inScope(duplicateNodes),
  'block.group': inScope(groupLayers),
  'block.ungroup': inScope(ungroupLayers),
  'block.setRepeat': inScope(setRepeat),
  'project.rename': renameProject,
  'project.setTask': setTask,
  'training.set': setTraining,
  'data.set': setData,
  'transforms.set': setTransforms,
  batch: (project, { commands }, ports) => commands.reduce((before, command) => edit(before, command, ports), project),
}

/**
 * The project after `command`. Unchanged parts are shared with `project`, and a command that changes
 * nothing returns `project` itself. With `ports`, edges are checked against the inputs of layers.
 * @throws ProblemError where the command is impossible; nothing has changed then.
 */
export function applyCommand(project: Project, command: Command, ports: Ports = unknownPorts): Project {
  const edited = edit(project, command, ports)
  if (edited.graph === project.graph) return edited
  const form = graphSchema.safeParse(edited.graph)
  const problems = form.success
    ? expansionProblems(edited.graph)
    : formProblems(form.error.issues, { value: edited, path: ['graph'] })
  if (problems.length > 0) throw new ProblemError(problems)
  return edited
}

/** The project after a command, or why the command is rejected. */
export type Outcome = { readonly project: Project } | { readonly problems: readonly Problem[] }

/** `applyCommand` with the rejection as a value. */
export function tryCommand(project: Project, command: Command, ports: Ports = unknownPorts): Outcome {
  try {
    return { project: applyCommand(project, command, ports) }
  } catch (error) {
    if (error instanceof ProblemError) return { problems: error.problems }
    throw error
  }
}

/**
 * The ids an edit added to the network at `scope`, in project order: what to select after adding, pasting, grouping.
 */
export function addedIds(before: Project, after: Project, scope: Scope = []): string[] {
  const known = new Set(graphAt(before.graph, scope)?.nodes.map((node) => node.id))
  const ids = graphAt(after.graph, scope)?.nodes.map((node) => node.id) ?? []
  return ids.filter((id) => !known.has(id))
}

function edit<T extends CommandType>(project: Project, command: Extract<Command, { type: T }>, ports: Ports): Project {
  return edits[command.type](project, command, ports)
}

/** Turns an edit of one network into an edit of the project. */
function inScope<C extends { readonly scope?: Scope }>(
  change: (graph: NetworkGraph, command: C, ports: Ports) => NetworkGraph,
): Edit<C> {
  return (project, command, ports) => {
    const graph = editGraphAt(project.graph, command.scope ?? [], (inner) => change(inner, command, ports))
    return graph === project.graph ? project : { ...project, graph }
  }
}
