/** Checks what lies between the network and its training: loss against task, output units against labels, settings. */
import { didYouMean } from '../base/namesLike'
import type { DataFacts } from '../data/facts'
import type { NetworkGraph, Project } from '../graph/project'
import { findInitializer, initializers } from '../initializers/index'
import { findLoss, losses } from '../losses/index'
import type { LossDefinition } from '../losses/loss'
import { metricsFor } from '../metrics/index'
import { findOptimizer, optimizers } from '../optimizers/index'
import { checkParams, type ParamSpecs } from '../params/params'
import type { Problem } from '../problems/problem'
import { findSchedule, schedules } from '../schedules/index'
import { formatShape } from '../tensor/shape'
import { checkBatch } from './batchNeeds'
import type { LoweredNetwork } from './lowerNetwork'

type Catalogue = readonly { readonly kind: string }[]

const error = (problem: Omit<Problem, 'severity'>): Problem => ({ severity: 'error', ...problem })

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
  const known = kinds.join(', ')
  return [
    error({
      code: 'training-setting',
      place: { param: `${path}.kind` },
      message: `“${kind}” is not known here.`,
      expected: `one of ${known}`,
      received: kind,
      fix: `${didYouMean(kind, kinds)}Choose one of ${known}.`,
      data: { case: 'unknown-choice', kind, known },
    }),
  ]
}

/** Initialisers that a person chose must exist, and name weights that the layer has. */
function checkInitializers(graph: NetworkGraph, network: LoweredNetwork): Problem[] {
  const weights = new Set(network.weights.map(({ name }) => name))
  const known = initializers.map(({ kind }) => kind).join(', ')
  return graph.nodes.flatMap((node) =>
    Object.entries(node.initializers).flatMap(([name, choice]) => {
      const place = { node: node.id, param: `initializers.${name}` }
      // A layer that could not be written down has no weights yet.
      if (network.layerOutputs.get(node.id)?.assumed ?? true) return []
      if (!weights.has(`${node.id}.${name}`))
        return [
          error({
            code: 'node-param',
            place,
            message: `${node.id} has no weight “${name}”.`,
            expected: [...weights].filter((w) => w.startsWith(`${node.id}.`)).join(', ') || 'no initialisers',
            received: name,
            fix: `Remove the initialiser of “${name}”.`,
            data: { case: 'no-weight', weight: name },
          }),
        ]
      return findInitializer(choice.kind)
        ? []
        : [
            error({
              code: 'node-param',
              place,
              message: `“${choice.kind}” is not an initialiser.`,
              expected: `one of ${known}`,
              received: choice.kind,
              fix: `Choose one of ${known}.`,
              data: { case: 'unknown-initializer', kind: choice.kind, known },
            }),
          ]
    }),
  )
}

function checkWatched(project: Project, metric: string | undefined): Problem[] {
  const known = ['loss', ...metricsFor(project.task).map(({ kind }) => kind)]
  if (metric === undefined || known.includes(metric)) return []
  return [
    error({
      code: 'training-setting',
      place: { param: 'training.earlyStopping.metric' },
      message: `Early stopping cannot watch “${metric}” in a ${project.task}.`,
      expected: `one of ${known.join(', ')}`,
      received: metric,
      fix: `Choose one of ${known.join(', ')}.`,
      data: { case: 'watched', metric, task: project.task, known: known.join(', ') },
    }),
  ]
}

function checkBalanced({ task, training }: Project): Problem[] {
  if (!training.loader.balanced || task === 'classification') return []
  return [
    error({
      code: 'training-setting',
      place: { param: 'training.loader.balanced' },
      message: `Samples cannot be drawn by class in a ${task}: there are no classes.`,
      expected: 'a classification, or balanced drawing switched off',
      received: task,
      fix: 'Switch balanced drawing off.',
      data: { case: 'balanced', task },
    }),
  ]
}

function checkLoss(project: Project, loss: LossDefinition, graph: NetworkGraph): Problem[] {
  const problems: Problem[] = []
  if (!loss.tasks.includes(project.task)) {
    const fitting = losses
      .filter(({ tasks }) => (tasks as readonly string[]).includes(project.task))
      .map(({ kind }) => kind)
    problems.push(
      error({
        code: 'output-loss',
        place: { param: 'training.loss.kind' },
        message: `The loss “${loss.kind}” is for ${loss.tasks.join(' or ')}, but the task is ${project.task}.`,
        expected: `one of ${fitting.join(', ')}`,
        received: loss.kind,
        fix: `Choose the loss ${fitting[0]}.`,
        data: {
          case: 'task',
          given: loss.kind,
          tasks: loss.tasks.join(' '),
          task: project.task,
          known: fitting.join(', '),
          fix: 'set-loss',
          loss: fitting[0]!,
        },
      }),
    )
  }
  if (loss.kind === 'cross-entropy') problems.push(...softmaxBeforeOutput(graph))
  return problems
}

/** Parameters of the loss that depend on the labels. */
function checkLossParams({ training }: Project, loss: LossDefinition, { target }: DataFacts): Problem[] {
  if (target.kind !== 'classes') return []
  const { kind, ...given } = training.loss
  const { values, problems } = checkParams(loss.params, given, kind, { param: 'training.loss' })
  const found = problems.length === 0 ? loss.checkClasses?.(values, target.classes.length) : undefined
  if (!found) return []
  const { param, ...problem } = found
  return [error({ code: 'training-setting', place: { param: `training.loss.${param}` }, ...problem })]
}

/** Cross-entropy applies softmax itself; a Softmax right before the Output would squash the gradients. */
function softmaxBeforeOutput(graph: NetworkGraph): Problem[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const output = graph.nodes.find(({ kind }) => kind === 'output')
  const last = byId.get(graph.edges.find(({ to }) => to === output?.id)?.from ?? '')
  if (last?.kind !== 'softmax') return []
  return [
    error({
      code: 'softmax-before-cross-entropy',
      place: { node: last.id },
      message: `${last.id} applies softmax before cross-entropy, which applies it again.`,
      expected: 'plain scores before the Output',
      received: 'probabilities from Softmax',
      fix: `Remove ${last.id}; the exported model still returns probabilities.`,
      data: { fix: 'remove-node' },
    }),
  ]
}

function checkOutput(loss: LossDefinition, graph: NetworkGraph, network: LoweredNetwork, facts?: DataFacts): Problem[] {
  const output = graph.nodes.find(({ kind }) => kind === 'output')
  const reached = output && network.layerOutputs.get(output.id)
  if (!output || !reached || reached.assumed) return []
  const { shape } = reached.value.type
  const place = { node: output.id }
  if (shape.length !== 2)
    return [
      error({
        code: 'shape-rank',
        place,
        message: `The Output takes N×units; ${output.id} received ${shape.length} axes.`,
        expected: 'N×units',
        received: formatShape(shape),
        fix: `Insert Flatten and Linear before ${output.id}.`,
        data: { case: 'output', rank: shape.length, fix: 'insert-flatten' },
      }),
    ]
  if (!facts) return []
  const units = shape[1] as number
  const { target } = facts
  const expected = target.kind === 'numbers' ? target.size : loss.outputUnits?.(target.classes.length)
  if (expected === undefined || expected === units) return []
  const last = graph.edges.find(({ to }) => to === output.id)?.from
  const unit = target.kind === 'classes' ? 'classes' : 'targets'
  const labelCount = target.kind === 'classes' ? target.classes.length : target.size
  const labels = unit === 'classes' ? `${labelCount} classes` : `${labelCount} target${labelCount === 1 ? '' : 's'}`
  if (Number.isNaN(expected))
    return [
      error({
        code: 'output-loss',
        place: { param: 'training.loss.kind' },
        message: `The loss “${loss.kind}” cannot tell ${labels} apart.`,
        expected: '2 classes',
        received: labels,
        fix: 'Choose the loss cross-entropy.',
        data: { case: 'classes', given: loss.kind, count: labelCount, unit, fix: 'set-loss', loss: 'cross-entropy' },
      }),
    ]
  return [
    error({
      code: 'output-units',
      place,
      message: `The network ends in ${units} units, but the data has ${labels}.`,
      expected: `N×${expected}`,
      received: formatShape(shape),
      fix: `Set “Output features” of the last Linear layer${last ? ` (before ${output.id}: ${last})` : ''} to ${expected}.`,
      data: { case: unit, fix: 'set-output-units', units: expected, found: units, count: labelCount },
    }),
  ]
}
