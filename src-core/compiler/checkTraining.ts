/** Checks between the network and its training: loss against task, output units against labels, settings. */
import { invariant } from '../base/assert'
import { nearestName } from '../base/namesLike'
import type { DataFacts } from '../data/facts'
import { OUTPUT } from '../graph/kinds'
import type { NetworkGraph, Project } from '../graph/project'
import { findInitializer, initializers } from '../initializers/index'
import { findLoss, losses } from '../losses/index'
import type { LossDefinition } from '../losses/loss'
import { metricsFor } from '../metrics/index'
import { findOptimizer, optimizers } from '../optimizers/index'
import { checkParams, type ParamSpecs } from '../params/params'
import type { Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import { findSchedule, schedules } from '../schedules/index'
import { formatShape } from '../tensor/shape'
import { checkBatch } from './batchNeeds'
import type { LoweredNetwork } from './lowerNetwork'

type Catalogue = readonly { readonly kind: string }[]

/** All problems of the training settings and of the network's end. */
export function checkTraining(
  project: Project,
  graph: NetworkGraph,
  network: LoweredNetwork,
  facts?: DataFacts,
): Problem[] {
  const { loss, optimizer, schedule, earlyStopping } = project.training
  const definition = findLoss(loss.kind)
  return [
    ...checkChoice('training.loss', loss, definition, losses),
    ...checkChoice('training.optimizer', optimizer, findOptimizer(optimizer.kind), optimizers),
    ...checkChoice('training.schedule', schedule, findSchedule(schedule.kind), schedules),
    ...checkInitializers(graph, network),
    ...checkWatched(project, earlyStopping?.metric),
    ...checkBalanced(project),
    ...checkBatch(network.batchNeeds, project.training.batchSize),
    ...(definition ? checkLoss(project, definition, graph) : []),
    ...(definition && facts ? checkLossParams(project, definition, facts) : []),
    ...(definition ? checkOutput(definition, graph, network, facts) : []),
  ]
}

function checkChoice(
  path: string,
  choice: { kind: string; [param: string]: unknown },
  definition: { kind: string; params: ParamSpecs } | undefined,
  catalogue: Catalogue,
): Problem[] {
  const { kind, ...given } = choice
  if (definition) return checkParams(definition.params, given, kind, { param: path }).problems
  const kinds = catalogue.map((item) => item.kind)
  const values = { kind, known: kinds.join(', '), near: nearestName(kind, kinds) ?? '' }
  return [makeProblem('training-setting', 'unknown-choice', values, { param: `${path}.kind` })]
}

/** User-selected initializers must exist, and name weights the layer has. */
function checkInitializers(graph: NetworkGraph, network: LoweredNetwork): Problem[] {
  const weights = new Set(network.weights.map(({ name }) => name))
  const known = initializers.map(({ kind }) => kind).join(', ')
  return graph.nodes.flatMap((node) =>
    Object.entries(node.initializers).flatMap(([name, choice]) => {
      const place = { node: node.id, param: `initializers.${name}` }
      // A layer that could not be lowered has no weights yet.
      if (network.layerOutputs.get(node.id)?.assumed ?? true) return []
      if (!weights.has(`${node.id}.${name}`)) {
        const own = [...weights].filter((weight) => weight.startsWith(`${node.id}.`))
        return [
          makeProblem('node-param', 'no-weight', { weight: name, weights: own.join(', ') || 'no weights' }, place),
        ]
      }
      if (findInitializer(choice.kind)) return []
      return [makeProblem('node-param', 'unknown-initializer', { kind: choice.kind, known }, place)]
    }),
  )
}

function checkWatched(project: Project, metric: string | undefined): Problem[] {
  const known = ['loss', ...metricsFor(project.task).map(({ kind }) => kind)]
  if (metric === undefined || known.includes(metric)) return []
  const values = { metric, task: project.task, known: known.join(', ') }
  return [makeProblem('training-setting', 'watched', values, { param: 'training.earlyStopping.metric' })]
}

function checkBalanced({ task, training }: Project): Problem[] {
  if (!training.loader.balanced || task === 'classification') return []
  return [makeProblem('training-setting', 'balanced', { task }, { param: 'training.loader.balanced' })]
}

function checkLoss(project: Project, loss: LossDefinition, graph: NetworkGraph): Problem[] {
  const problems: Problem[] = []
  if (!loss.tasks.includes(project.task)) {
    const fitting = losses
      .filter(({ tasks }) => (tasks as readonly string[]).includes(project.task))
      .map(({ kind }) => kind)
    const values = {
      given: loss.kind,
      tasks: loss.tasks.join(' '),
      task: project.task,
      known: fitting.join(', '),
      loss: fitting[0]!,
    }
    const where = { param: 'training.loss.kind', data: { fix: 'set-loss' } }
    problems.push(makeProblem('output-loss', 'task', values, where))
  }
  if (loss.applies !== undefined) problems.push(...activationBeforeOutput(graph, loss.applies))
  return problems
}

/** Parameters of the loss that depend on the labels. */
function checkLossParams({ training }: Project, loss: LossDefinition, { target }: DataFacts): Problem[] {
  if (target.kind !== 'classes') return []
  const { kind, ...given } = training.loss
  const { values, problems } = checkParams(loss.params, given, kind, { param: 'training.loss' })
  const found = problems.length === 0 ? loss.checkClasses?.(values, target.classes.length) : undefined
  if (!found) return []
  const { param, problemCase, values: worded } = found
  return [makeProblem('training-setting', problemCase, worded, { param: `training.loss.${param}` })]
}

/** Cross-entropy applies softmax itself; a Softmax right before the Output would squash the gradients. */
function activationBeforeOutput(graph: NetworkGraph, activation: string): Problem[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const output = graph.nodes.find(({ kind }) => kind === OUTPUT)
  const last = byId.get(graph.edges.find(({ to }) => to === output?.id)?.from ?? '')
  if (last?.kind !== activation) return []
  return [makeProblem('softmax-before-cross-entropy', 'any', {}, { node: last.id, data: { fix: 'remove-node' } })]
}

function checkOutput(loss: LossDefinition, graph: NetworkGraph, network: LoweredNetwork, facts?: DataFacts): Problem[] {
  const output = graph.nodes.find(({ kind }) => kind === OUTPUT)
  const reached = output && network.layerOutputs.get(output.id)
  if (!output || !reached || reached.assumed) return []
  const { shape } = reached.value.type
  const received = formatShape(shape)
  if (shape.length !== 2) {
    const where = { node: output.id, data: { fix: 'insert-flatten' } }
    return [makeProblem('shape-rank', 'output', { rank: shape.length, received }, where)]
  }
  if (!facts) return []
  const units = shape[1] as number
  const { target } = facts
  const expected = target.kind === 'numbers' ? target.size : loss.outputUnits?.(target.classes.length)
  if (target.kind === 'classes' && loss.classes !== undefined && loss.classes !== target.classes.length)
    return [tooManyClasses(loss, loss.classes, target.classes.length)]
  if (expected === undefined || expected === units) return []
  const last = graph.edges.find(({ to }) => to === output.id)!.from
  const unit = target.kind === 'classes' ? 'classes' : 'targets'
  const count = target.kind === 'classes' ? target.classes.length : target.size
  const values = { units: expected, found: units, count, last, received }
  return [makeProblem('output-units', unit, values, { node: output.id, data: { fix: 'set-output-units' } })]
}

/** A loss that can tell a fixed number of classes apart, on another number of them. */
function tooManyClasses(loss: LossDefinition, classes: number, count: number): Problem {
  const other = losses.find(
    (each) => each.classes === undefined && each.tasks.some((task) => loss.tasks.includes(task)),
  )
  invariant(other, 'no loss for any number of classes')
  const values = { given: loss.kind, count, unit: 'classes', loss: other.kind }
  return makeProblem('output-loss', 'classes', values, { param: 'training.loss.kind', data: { fix: 'set-loss' } })
}
