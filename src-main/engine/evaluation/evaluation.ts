/**
 * Evaluates weights on samples with the evaluation graph: exact means over any number of samples, in batches of fixed
 * size.
 */
import { compileEvaluation } from '#core/compiler/compile'
import type { NetworkSource } from '#core/compiler/network'
import type { NetworkState, StateLayout } from '#core/compiler/stateLayout'
import { packBuffer, type NamedTensors } from '#core/compiler/weights'
import { invariant } from '#core/base/assert'
import type { Task } from '#core/losses/task'
import type { Figures } from '#core/runs/events'
import type { Device } from '../device/device'
import { FigureSums } from './figures'
import type { SampleFeed } from './sampleFeed'
import { indexTensor, numbersOf, type Feeds, type Session } from '../device/session'

const LARGEST_BATCH = 500
/** Multiply-adds per batch, small enough to be unnoticeable. */
const BATCH_MACS = 4e9
/** Bytes of all activations of a batch: beyond the processor's caches, larger batches only get slower. */
const BATCH_BYTES = 2 ** 26

/** Samples per batch. Depends on the network alone, so that the same weights always give the same figures. */
export function evaluationBatch(macs: number, activationBytes: number): number {
  const fitting = Math.floor(Math.min(BATCH_MACS / Math.max(1, macs), BATCH_BYTES / Math.max(1, activationBytes)))
  return Math.max(1, Math.min(LARGEST_BATCH, fitting))
}

/** Handles messages between batches; returns true to cancel. */
export type Interruption = () => Promise<boolean>
const never: Interruption = async () => false

export class Evaluation {
  private constructor(
    private readonly device: Device,
    private readonly session: Session,
    readonly state: NetworkState,
    private readonly batch: number,
    private readonly task: Task,
    private readonly feed: SampleFeed,
  ) {}

  static async open(device: Device, source: NetworkSource, task: Task, batch: number, feed: SampleFeed) {
    const { graph, state } = compileEvaluation(source, batch, device.target)
    return new Evaluation(device, await device.open(graph), state, batch, task, feed)
  }

  /** The weights as graph inputs. */
  async weights(tensors: NamedTensors): Promise<Feeds> {
    const feeds: Record<string, Awaited<ReturnType<Device['upload']>>> = {}
    for (const part of ['parameters', 'frozen', 'statistics'] as const) {
      const layout: StateLayout = this.state[part]
      if (layout.total === 0) continue
      const buffer = packBuffer(layout, ({ name }) => {
        const tensor = tensors.get(name)
        invariant(tensor, `no value for ${name}`)
        return tensor.data
      })
      feeds[part] = await this.device.upload('float32', [layout.total], buffer)
    }
    return feeds
  }

  /** Loss and metrics over the samples at `indices`; undefined if canceled. */
  async measure(weights: Feeds, indices: Int32Array, giveUp: Interruption = never): Promise<Figures | undefined> {
    const sums = new FigureSums(this.task)
    for (let at = 0; at < indices.length; at += this.batch) {
      if (await giveUp()) return undefined
      const part = indices.subarray(at, at + this.batch)
      const { losses, sampleWeights, predictions } = await this.#run(weights, part)
      let lossSum = 0
      let weightSum = 0
      for (let i = 0; i < part.length; i++) {
        lossSum += losses[i]!
        weightSum += sampleWeights?.[i] ?? 1
      }
      sums.addLoss(lossSum, weightSum)
      sums.addBatch({
        predictions,
        targets: this.feed.targetsOf(part),
        width: predictions.length / this.batch,
        count: part.length,
      })
    }
    return sums.figures()
  }

  /** Predictions in the data's unit, [indices.length, outputs]. */
  async predict(weights: Feeds, indices: Int32Array): Promise<Float32Array> {
    const parts: Float32Array[] = []
    for (let at = 0; at < indices.length; at += this.batch) {
      const part = indices.subarray(at, at + this.batch)
      const { predictions } = await this.#run(weights, part)
      parts.push(predictions.subarray(0, (predictions.length / this.batch) * part.length))
    }
    const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  /** Pads a short batch with its first sample; the results of the padding are ignored. */
  async #run(weights: Feeds, part: Int32Array) {
    const full = new Int32Array(this.batch).fill(part[0]!)
    full.set(part)
    const { data, indices } = await this.feed.take(full)
    const dtype = this.device.target.portable ? 'int32' : 'int64'
    const results = await this.session.run({
      ...weights,
      ...data,
      indices: indexTensor(this.device.tensor, dtype, [this.batch], indices),
    })
    return {
      losses: numbersOf(results.losses),
      sampleWeights: results.weights && numbersOf(results.weights),
      predictions: numbersOf(results.prediction),
    }
  }

  discard(weights: Feeds): void {
    this.device.discard(Object.values(weights))
  }

  release(): Promise<void> {
    return this.session.release()
  }
}
