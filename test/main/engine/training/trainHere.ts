/** Trains sample projects in the test's own process, on real data and the real runtime, and collects the events. */
import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { Project, TrainingSettings } from '#core/graph/project'
import type { EpochEvent, FinishedEvent, RunEvent } from '#core/runs/events'
import { RunControl } from '../../../../src-main/engine/training/runControl'
import { runTraining } from '../../../../src-main/engine/training/runTraining'
import type { TrainJob } from '../../../../src-main/engine/messages'

export const projectsFolder = resolve(import.meta.dirname, '../../../../resources/projects')

/** A sample project with modified training settings. */
export function sampleProject(name: string, training: Partial<TrainingSettings> = {}): Project {
  const { project, problems } = parseProject(readFileSync(join(projectsFolder, `${name}.loom`), 'utf8'), name)
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'))
  return { ...project, training: { ...project.training, threads: 1, ...training } }
}

/** A folder that does not exist yet, removed when the test ends. */
export function freshFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'layerloom-実行-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'run')
}

export interface Training {
  readonly events: RunEvent[]
  readonly finished: FinishedEvent
  readonly losses: number[]
  readonly epochs: EpochEvent[]
}

/** Losses of all steps, in order. */
export const lossesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.event === 'step' ? event.losses : []))

export const epochsOf = (events: readonly RunEvent[]) => events.filter((event) => event.event === 'epoch')

/** Trains to the end. `watch` receives every event and may control the run. */
export async function train(
  job: TrainJob,
  watch: (event: RunEvent, control: RunControl) => void = () => undefined,
): Promise<Training> {
  const control = new RunControl()
  const events: RunEvent[] = []
  const finished = await runTraining(job, control, (event) => {
    events.push(event)
    watch(event, control)
  })
  return { events, finished, losses: lossesOf(events), epochs: epochsOf(events) }
}

/** A new run of a sample project in a new folder. */
export function newRun(project: Project, limit?: number) {
  return { project, projectFolder: projectsFolder, out: freshFolder(), ...(limit !== undefined && { limit }) }
}

/** The project with an additional layer after the layer `after`. */
export function insertAfter(
  project: Project,
  after: string,
  kind: string,
  params: Project['graph']['nodes'][number]['params'] = {},
): Project {
  const { nodes, edges } = project.graph
  const inserted = {
    id: `${kind}-new`,
    kind,
    params,
    trainable: true,
    initializers: {},
    position: [0, 0] as [number, number],
  }
  const moved = edges.map((edge) => (edge.from === after ? { ...edge, from: inserted.id } : edge))
  const graph = { nodes: [...nodes, inserted], edges: [...moved, { from: after, to: inserted.id, port: 'x' }] }
  return { ...project, graph }
}
