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

export const curves = {
  loss: perStep(run.loss),
  accuracy: perStep(run.accuracy),
  validationLoss: perEpoch(run.valLoss),
  validationAccuracy: perEpoch(run.valAccuracy),
} satisfies Record<string, Points>
