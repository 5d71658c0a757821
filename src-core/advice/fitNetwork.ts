/** Fits a project's network to other data: adapts its ends, or replaces the network if that is not enough. */
import type { DataFacts } from '../data/facts'
import { applyCommand } from '../graph/apply'
import type { Command } from '../graph/commands'
import type { Project } from '../graph/project'
import { startingNetwork, startingTraining } from '../graph/startingNetwork'
import type { ProblemCode } from '../problems/codes'
import { checkTransforms } from '../transforms/transformList'
import { analyze, portsOf } from '../compiler/analyze'
import { fixesFor } from './fixes'

export interface Fitting {
  /** Whether the network stays and only its ends change. */
  readonly keeps: boolean
  readonly commands: readonly Command[]
}

/**
 * New data for a project: its facts, the shape of a sample after its pre-transforms, and the number of training
 * samples.
 */
export interface NewData {
  readonly facts: DataFacts
  readonly shape: readonly number[]
  readonly count: number
}

/** Problems at the ends of a network that a change of data can cause. */
const endings: ReadonlySet<ProblemCode> = new Set(['output-units', 'output-loss', 'embedding-ids'])
const MOST_REPAIRS = 6

/** `project` already has the settings of the new data. */
export function fitNetwork(project: Project, data: NewData): Fitting {
  const repairs = project.graph.nodes.length === 0 ? undefined : repairEnds(project, data)
  return repairs === undefined ? replaceNetwork(project, data) : { keeps: true, commands: repairs }
}

/** Edits that leave the network without errors; undefined if there are none. */
function repairEnds(project: Project, { facts, shape }: NewData): Command[] | undefined {
  const commands: Command[] = []
  let repaired = project
  for (let i = 0; i <= MOST_REPAIRS; i++) {
    const report = analyze(repaired, shape, facts)
    const errors = report.problems.filter(({ severity }) => severity === 'error')
    if (errors.length === 0) return commands
    const ending = errors.find(({ code }) => endings.has(code))
    const [fix] = ending === undefined ? [] : fixesFor(ending, repaired, report, facts, shape)
    if (fix === undefined) return undefined
    commands.push(fix.command)
    repaired = applyCommand(repaired, fix.command, portsOf)
  }
  return undefined
}

/** A starting network for this data, with suitable training settings. */
export function replaceNetwork(project: Project, { facts, shape, count }: NewData): Fitting {
  const ids = project.graph.nodes.map(({ id }) => id)
  const fed = checkTransforms(project.transforms, shape).shape
  const commands: Command[] = [
    ...(ids.length > 0 ? [{ type: 'node.remove', ids } as const] : []),
    { type: 'nodes.paste', clip: startingNetwork(facts, fed), at: [0, 0] },
    { type: 'training.set', settings: startingTraining(facts, count) },
  ]
  return { keeps: false, commands }
}
