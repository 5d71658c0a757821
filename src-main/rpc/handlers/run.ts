/** Handlers of `run`. */
import { openRun, projectFolderOf } from '../../runs/store'
import { procedures } from '../procedures'
import { projectFolder } from './data'

const { run } = procedures

export const runHandlers = run.router({
  start: run.start.handler(async ({ context, input }) => ({
    run: await context.trainer.start(input.project, await projectFolder(context, input.file)),
  })),

  pause: run.pause.handler(({ context, input }) => context.trainer.pause(input.run)),
  resume: run.resume.handler(({ context, input }) => context.trainer.resume(input.run)),
  continue: run.continue.handler(({ context, input: { run: id, epochs, force } }) =>
    context.trainer.continue(id, {
      ...(epochs !== undefined && { epochs }),
      ...(force !== undefined && { force }),
    }),
  ),
  stop: run.stop.handler(({ context, input }) => context.trainer.stop(input.run)),

  setLearningRate: run.setLearningRate.handler(({ context, input }) =>
    context.trainer.setLearningRate(input.run, input.learningRate),
  ),

  watch: run.watch.handler(({ context: { trainer }, input, signal }) =>
    input.run === 'current' ? trainer.watchCurrent(signal) : trainer.watch(input.run, signal),
  ),

  devices: run.devices.handler(async ({ context }) => [...(await context.engine.devices())]),
  list: run.list.handler(({ context }) => context.trainer.list()),
  open: run.open.handler(({ context, input }) => context.trainer.open(input.run)),
  project: run.project.handler(({ context, input }) => context.library.project(input.run)),
  testSet: run.testSet.handler(async ({ context: { library, datasets, seal }, input, signal }) => {
    const opened = await openRun(library.path(input.run))
    const { data, task } = opened.record.project
    const dataset = await datasets.open(data, task, projectFolderOf(opened), signal && { signal })
    return { samples: dataset.splits.test.length, looks: await seal.looks(dataset) }
  }),
  measureTest: run.measureTest.handler(({ context, input }) => context.trainer.measureTest(input.run)),
  remove: run.remove.handler(({ context, input }) => context.trainer.remove(input.run)),
  restore: run.restore.handler(({ context, input }) => context.library.restore(input.run)),
})
