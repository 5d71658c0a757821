/** Opens a new run: everything is validated before its folder is created. */
import { findAppRoot } from '../../machine/appFolders'
import { thisProcess } from '../../machine/processIdentity'
import { RUN_VERSION, type RunRecord } from '../../runs/record'
import { RunFolder, storedProjectFolder } from '../../runs/store'
import { layoutName } from '../device/device'
import type { NewRun } from '../messages'
import { openKit, type Emit, type OpenTraining } from './openTraining'
import { prepareTraining, type PreparedTraining } from './prepare'
import { whilePreparing } from './preparing'
import type { RunControl } from './runControl'
import { loadRuntime } from '../device/runtimes'
import type { TrainingKit } from './trainingKit'

/** @throws ProblemError with all errors of project, data, device and folder */
export async function openNewRun(job: NewRun, control: RunControl, emit: Emit): Promise<OpenTraining> {
  const begin = performance.now()
  const { project, projectFolder, limit, sealed } = job
  const prepared = await whilePreparing(control, emit, (work) => prepareTraining(project, projectFolder, limit, work))
  const kit = await openKit(prepared)
  const folder = await RunFolder.create(projectFolder, project.name, job.out)
  const record = await startRecord(prepared, kit, {
    projectFolder: storedProjectFolder(folder.path, projectFolder),
    ...(limit !== undefined && { limit }),
    ...(sealed === true && { sealed }),
    preparing: (performance.now() - begin) / 1000,
  })
  try {
    await folder.claim(async () => {
      await folder.checkFree()
      await folder.writeRecord(record)
      folder.begin()
    })
  } catch (error) {
    await folder.discard()
    await kit.release()
    throw error
  }
  return { prepared, kit, folder, record }
}

interface RecordStart {
  readonly projectFolder: string
  readonly limit?: number
  readonly sealed?: boolean
  readonly preparing: number
}

async function startRecord(
  { project, dataset, source, plan }: PreparedTraining,
  { device, trainer, note }: TrainingKit,
  { projectFolder, limit, sealed, preparing }: RecordStart,
): Promise<RunRecord> {
  const { facts, preprocess, fingerprint, splits } = dataset
  const { version } = await loadRuntime(device.name)
  return {
    format: 'layerloom-run',
    version: RUN_VERSION,
    name: project.name,
    state: 'running',
    started: new Date().toISOString(),
    project,
    projectFolder,
    ...(limit !== undefined && { limit }),
    ...(sealed === true && { sealed }),
    seeds: { training: project.training.seed, split: project.data.split.seed },
    versions: { layerloom: findAppRoot().version, node: process.versions.node, onnxruntime: version },
    process: thisProcess(),
    device: device.name,
    threads: device.threads,
    layout: layoutName(device),
    ...(note !== undefined && { note }),
    data: {
      fingerprint,
      facts,
      preprocess,
      transforms: source.transforms,
      counts: { train: plan.train.length, validation: splits.validation.length, test: splits.test.length },
    },
    parameters: trainer.parameters,
    stepsPerEpoch: plan.stepsPerEpoch,
    progress: { epochs: 0, steps: 0, bestEpoch: 0 },
    figures: {},
    timings: { preparing, training: 0 },
  }
}
