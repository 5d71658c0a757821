/** The curves of a real run: MNIST CNN, Adam at 0.001, batches of 64, stopped in the sixth of eight epochs. */
import run from './mnistRun.json'
import type { Points } from '../plots/summarizeSteps'

const STEPS_PER_EPOCH = 844

function perStep(values: readonly number[]): { readonly x: Float64Array; readonly y: Float32Array } {
  return { x: Float64Array.from(values, (_, step) => (step + 1) / STEPS_PER_EPOCH), y: Float32Array.from(values) }
}

function perEpoch(values: readonly number[]): { readonly x: Float64Array; readonly y: Float32Array } {
  return { x: Float64Array.from(values, (_, epoch) => epoch + 1), y: Float32Array.from(values) }
}

/** Means over the batches of each complete epoch. */
function epochMeans(values: readonly number[]): ReturnType<typeof perEpoch> {
  const epochs = Math.floor(values.length / STEPS_PER_EPOCH)
  return perEpoch(
    Array.from({ length: epochs }, (_, epoch) => {
      const batches = values.slice(epoch * STEPS_PER_EPOCH, (epoch + 1) * STEPS_PER_EPOCH)
      return batches.reduce((sum, value) => sum + value, 0) / batches.length
    }),
  )
}

/** The mean over the batches of the epoch in progress. */
function openMean(values: readonly number[]): readonly [x: number, y: number] {
  const batches = values.slice(Math.floor(values.length / STEPS_PER_EPOCH) * STEPS_PER_EPOCH)
  return [values.length / STEPS_PER_EPOCH, batches.reduce((sum, value) => sum + value, 0) / batches.length]
}

export const curves = {
  loss: perStep(run.loss),
  accuracy: perStep(run.accuracy),
  epochLoss: epochMeans(run.loss),
  epochAccuracy: epochMeans(run.accuracy),
  openLoss: openMean(run.loss),
  openAccuracy: openMean(run.accuracy),
  validationLoss: perEpoch(run.valLoss),
  validationAccuracy: perEpoch(run.valAccuracy),
} satisfies Record<string, Points | readonly [number, number]>
