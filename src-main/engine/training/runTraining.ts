/** A run from project to folder: prepares, trains, evaluates the best weights, exports them, and records everything. */
import { resolve } from 'node:path'
import { withUnit } from '#core/data/unit'
import type { Project } from '#core/graph/project'
import { ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { Figures, FinishedEvent, PlanEvent } from '#core/runs/events'
import type { EndReason } from '#core/runs/runState'
import { rememberPlace } from '../../data/dataPlaces'
import { compareModel, exportModel, proofOf } from '../export/exportModel'
import { encodeProof, keptCount } from '../export/keptProof'
import { formatMetadata } from '../../models/modelMetadata'
import { findAppRoot } from '../../machine/appFolders'
import type { BestWeights } from '../../runs/checkpoint'
import { isInterruption } from '../../runs/markDead'
import type { RunRecord } from '../../runs/record'
import { signOfLife } from '../../runs/signOfLife'
import { MODEL } from '../../runs/store'
import { CheckpointKeeper } from './checkpointKeeper'
import { openContinuedRun } from './continueRun'
import { countTestLook } from './countTestLook'
import { metricNames } from '../evaluation/figures'
import type { TrainJob } from '../messages'
import { openNewRun } from './newRun'
import type { Emit, OpenTraining } from './openTraining'
import type { PreparedTraining } from './prepare'
import type { RunControl } from './runControl'
import { loadRuntime } from '../device/runtimes'
import { isOutOfMemory } from '../device/session'
import { trainingDoubts } from './trainingDoubts'
import { failMemory } from './trainingKit'
import { keepSign } from '../watchdog/watchdog'

/** @throws ProblemError where the job fails; the run folder, if there is one, then has the reason */
export async function runTraining(job: TrainJob, control: RunControl, emit: Emit): Promise<FinishedEvent> {
  const run = 'resume' in job ? await openContinuedRun(job, control, emit) : await openNewRun(job, control, emit)
  const keeper = new CheckpointKeeper(run.folder, run.kit.trainer, () => withProgress(run), run.storedBest)
  keepSign(signOfLife(run.folder.path))
  try {
    emit(planEvent(run))
    control.onChange((state) => emit({ event: 'state', state }))
    emit({ event: 'state', state: control.stopping ? 'stopping' : control.paused ? 'paused' : 'training' })
    const reason = await train(run, control, keeper, emit)
    await keeper.write()
    return await finish(run, reason)
  } catch (error) {
    await keeper.settle()
    await writeFailure(run, error)
    throw error
  } finally {
    keepSign(null)
    run.folder.close()
    await run.kit.release()
    run.prepared.dataset.close()
  }
}

function planEvent({ record, prepared, folder, resumed }: OpenTraining): PlanEvent {
  const { training, task } = prepared.project
  const warnings = [...prepared.dataset.notes, ...trainingDoubts(prepared)]
  return {
    event: 'start',
    run: folder.path,
    name: record.name,
    device: record.device,
    threads: record.threads,
    ...(record.note !== undefined && { note: record.note }),
    epochs: training.epochs,
    batchSize: prepared.plan.batchSize,
    stepsPerEpoch: record.stepsPerEpoch,
    samples: record.data.counts,
    parameters: record.parameters,
    seed: training.seed,
    loss: training.loss.kind,
    optimizer: training.optimizer,
    learningRate: training.learningRate,
    schedule: training.schedule,
    metrics: metricNames(task),
    ...withUnit(prepared.dataset.facts),
    ...(resumed && { resumed }),
    ...(warnings.length > 0 && { warnings }),
  }
}

async function train(run: OpenTraining, control: RunControl, keeper: CheckpointKeeper, emit: Emit): Promise<EndReason> {
  const { kit, folder } = run
  try {
    return await kit.trainer.run(control, {
      async step(event) {
        await folder.log([event])
        emit(event)
      },
      async epoch(event) {
        await folder.log([event])
        emit(event)
      },
      pause: (moment) => keeper.pause(moment),
    })
  } catch (error) {
    const isNotFinite = error instanceof ProblemError && error.problems[0]?.code === 'training-not-finite'
    if (!isNotFinite) throw isOutOfMemory(error) ? asMemoryProblem(error as Error) : error
    // The trainer has restored the last finite weights.
    await keeper.write()
    throw new ProblemError(error.problems.map((problem) => withKept(problem, run)))
  }
}

function asMemoryProblem(error: Error): unknown {
  try {
    return failMemory(error)
  } catch (problem) {
    return problem
  }
}

function withKept(problem: Problem, { folder, kit }: OpenTraining): Problem {
  const { steps } = kit.trainer.done
  const kept = `The weights of step ${steps}, the last good ones, are kept in ${folder.path}.`
  return { ...problem, fix: `${problem.fix} ${kept}` }
}

function withProgress({ record, kit }: OpenTraining): RunRecord {
  const { epochs, steps, seconds } = kit.trainer.done
  const { best } = kit.trainer
  return {
    ...record,
    progress: { epochs, steps, bestEpoch: best?.epoch ?? 0 },
    figures: best?.figures ?? {},
    timings: { ...record.timings, training: seconds },
  }
}

/** Evaluates the best weights on the test set unless it stays sealed, exports them and verifies the exported model. */
async function finish(run: OpenTraining, reason: EndReason): Promise<FinishedEvent> {
  const { prepared, kit, folder } = run
  const { evaluation, trainer } = kit
  const { project, dataset } = prepared
  const best = trainer.best ?? (await unfinishedBest(run))
  const weights = await evaluation.weights(best.weights)
  const measured = run.record.sealed !== true && dataset.splits.test.length > 0
  const test = measured ? await evaluation.measure(weights, dataset.splits.test) : undefined
  if (test) await countTestLook(dataset, 'runs')
  evaluation.discard(weights)
  const figures = { ...best.figures, ...(test && { test }) }
  const bytes = exportBest(project, prepared, best, figures)
  await proveModel(run, bytes, best, folder.file(MODEL))
  await folder.writeModel(bytes)
  await rememberPlace(dataset.fingerprint, project.data.source, resolve(folder.path, run.record.projectFolder))
  const done = withProgress(run)
  run.record = {
    ...done,
    state: reason === 'stopped' ? 'stopped' : 'completed',
    reason,
    ended: new Date().toISOString(),
    progress: { ...done.progress, bestEpoch: best.epoch },
    figures,
    model: MODEL,
  }
  await folder.writeRecord(run.record)
  const { validation } = best.figures
  return {
    event: 'finished',
    run: folder.path,
    reason,
    bestEpoch: best.epoch,
    epochs: trainer.done.epochs,
    seconds: trainer.done.seconds,
    ...(test && { test }),
    ...(validation && { validation }),
    model: folder.file(MODEL),
    ...(reason === 'stopped' && { checkpoint: { epoch: trainer.done.epochs + 1, step: trainer.done.steps } }),
  }
}

/** Stopped before the end of the first epoch: the current weights. */
async function unfinishedBest({ prepared, kit, folder }: OpenTraining): Promise<BestWeights> {
  const { evaluation, trainer } = kit
  const { validation } = prepared.dataset.splits
  const tensors = await trainer.weights()
  const weights = await evaluation.weights(tensors)
  const figures = validation.length > 0 ? await evaluation.measure(weights, validation) : undefined
  evaluation.discard(weights)
  const best = { weights: tensors, epoch: 0, figures: { ...(figures && { validation: figures }) } }
  await folder.writeBest(best)
  return best
}

function exportBest(
  project: Project,
  { source, dataset }: PreparedTraining,
  best: BestWeights,
  { validation, test }: { validation?: Figures; test?: Figures },
): Uint8Array {
  const metadata = formatMetadata(project.name, findAppRoot().version, {
    task: project.task,
    facts: dataset.facts,
    preprocess: dataset.preprocess,
    transforms: source.transforms,
    data: project.data,
    fingerprint: dataset.fingerprint,
    loss: project.training.loss,
    figures: { ...(validation && { validation }), ...(test && { test }) },
  })
  return exportModel(source, best.weights, metadata)
}

async function proveModel(run: OpenTraining, bytes: Uint8Array, best: BestWeights, file: string): Promise<void> {
  const { dataset, source, plan } = run.prepared
  const { evaluation, feed } = run.kit
  const indices = dataset.splits.validation.length > 0 ? dataset.splits.validation : plan.train
  const trained = { evaluation, feed, weights: best.weights, source, indices }
  await compareModel(await loadRuntime('cpu'), bytes, trained, file)
  const { sample } = source.facts
  await run.folder.writeProof(encodeProof(sample, best.weights, await proofOf(trained, keptCount(sample))))
}

/** The failure itself must be reported; it also explains why a full disk could not record it. */
async function writeFailure(run: OpenTraining, error: unknown): Promise<void> {
  const problems: Problem[] =
    error instanceof ProblemError
      ? [...error.problems]
      : [makeProblem('engine-died', 'defect', { received: error instanceof Error ? error.message : String(error) })]
  const state = isInterruption(problems) ? ('interrupted' as const) : ('failed' as const)
  const record = { ...withProgress(run), state, problems, ended: new Date().toISOString() }
  await run.folder.writeEnd(record).catch((failure: unknown) => {
    if (!(failure instanceof ProblemError)) throw failure
  })
}
