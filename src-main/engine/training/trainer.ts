/**
 * The training loop: epochs of shuffled mini-batches, validation after each, the best and the last weights, and
 * restoring a checkpoint.
 */
import { compileStep } from '#core/compiler/compile'
import { initialBuffers, initialSlots, packBuffer, unpackBuffers, type NamedTensors } from '#core/compiler/weights'
import type { StateLayout } from '#core/compiler/stateLayout'
import { ProblemError } from '#core/problems/problem'
import type { EpochEvent } from '#core/runs/events'
import type { EndReason } from '#core/runs/runState'
import type { BestWeights, Checkpoint, RunPosition } from '../../runs/checkpoint'
import { checkCheckpoint } from './checkCheckpoint'
import { ChunkSize } from './chunkSize'
import { makeFrozen, makeState } from './deviceState'
import { EpochDraws } from './epochDraws'
import { EpochFigures } from './epochFigures'
import { measuredSamples } from '#core/runs/measuredSamples'
import {
  explainFailure,
  failUnexplained,
  findFailure,
  firstNotFinite,
  isFinite,
  type Failure,
  type TakenCall,
} from './notFinite'
import { TrainingProgress } from './progress'
import type { RunControl } from './runControl'
import type { RuntimeTensor } from '../device/session'
import { openStepRunner, type State, type StepRunner } from './stepRunner'
import { rateFunction, scalarRows } from './stepScalars'
import { Stopwatch } from './stopwatch'
import type { TrainerListener, TrainerParts } from './trainerParts'
import { Watcher } from './watcher'

type Measured = Pick<EpochEvent, 'validation' | 'trainingSet'>

/** Maximum bytes of predictions per call. */
const PREDICTION_BYTES = 2 ** 26

export class Trainer {
  #state: State
  /** The last two calls, to find the step that produced non-finite values. */
  #calls: TakenCall[] = []
  #epoch = 0
  #stepInEpoch = 0
  #step = 0
  #baseRate: number
  readonly #clock = new Stopwatch()
  /** Clock time at the end of the previous epoch. */
  #epochBegan = 0
  /**
   * Milliseconds of this epoch spent in calls, the part of it spent waiting for samples, and the clock time after the
   * last call.
   */
  #spent = { calls: 0, waiting: 0, until: 0 }
  #best: BestWeights | undefined
  #figures: EpochFigures
  #progress: TrainingProgress | undefined
  readonly #watcher: Watcher
  readonly #scheduledRate: (step: number, base: number) => number
  readonly #chunk: ChunkSize
  readonly #draws: EpochDraws
  /** Training samples measured like the validation samples. */
  readonly #measured: Int32Array

  private constructor(
    private readonly parts: TrainerParts,
    private readonly full: StepRunner,
    private readonly short: StepRunner | undefined,
    /** `frozen`, if layers are frozen. */
    private frozen: Readonly<Record<string, RuntimeTensor>>,
    state: State,
  ) {
    const { training, plan, task, source } = parts
    this.#state = state
    this.#baseRate = training.learningRate
    this.#figures = new EpochFigures(task, plan.samplesPerEpoch)
    this.#watcher = new Watcher(task, training.earlyStopping)
    this.#draws = new EpochDraws(full.program.draws, training.seed)
    this.#measured = measuredSamples(plan.train, parts.validation, training.seed)
    this.#scheduledRate = rateFunction(training.schedule, {
      stepsPerEpoch: plan.stepsPerEpoch,
      epochs: training.epochs,
    })
    const { target } = source.facts
    const outputs = target.kind === 'classes' ? target.classes.length : target.size
    this.#chunk = new ChunkSize(Math.max(1, Math.floor(PREDICTION_BYTES / (4 * outputs * plan.batchSize))))
  }

  /** Compiles the steps and runs one that does not count, so that anything that cannot run fails here. */
  static async open(parts: TrainerParts): Promise<Trainer> {
    const { device, source, training, plan } = parts
    const compile = (batchSize: number) =>
      openStepRunner(device, compileStep(source, training.optimizer, batchSize, device.target))
    const full = await compile(plan.batchSize)
    const short = plan.shortBatch > 0 ? await compile(plan.shortBatch) : undefined
    const buffers = initialBuffers(full.program.state, training.seed)
    const frozen = await makeFrozen(device, buffers.frozen)
    const state = await makeState(device, full.program, { ...buffers, slots: initialSlots(full.program) })
    const trainer = new Trainer(parts, full, short, frozen, state)
    await trainer.#rehearse()
    return trainer
  }

  async #rehearse(): Promise<void> {
    const { device, evaluation, feed, plan, training } = this.parts
    for (const runner of [this.full, ...(this.short ? [this.short] : [])]) {
      const { batchSize } = runner
      const { data, indices } = await feed.take(plan.train.slice(0, batchSize))
      const scalars = scalarRows(runner.program, 0, 1, () => training.learningRate, training.seed)
      const draws = this.#draws.take(0, plan.train, 0, batchSize, batchSize, 0)
      const given = { ...data, ...this.frozen }
      const result = await runner.run(this.#state, { steps: 1, indices, scalars, draws, data: given })
      device.discard(Object.values(result.state))
    }
    const weights = await evaluation.weights(await this.weights())
    await evaluation.predict(weights, plan.train.slice(0, 1))
    evaluation.discard(weights)
  }

  get parameters(): number {
    return this.full.program.state.parameters.total + this.full.program.state.frozen.total
  }

  get best(): BestWeights | undefined {
    return this.#best
  }

  /** Completed epochs, steps taken, and wall-clock seconds of training without pauses. */
  get done(): { epochs: number; steps: number; seconds: number } {
    return { epochs: this.#epoch, steps: this.#step, seconds: this.#clock.seconds }
  }

  /** Resumes from a checkpoint. @throws ProblemError `run-damaged` where it belongs to another network */
  async restore(checkpoint: Checkpoint, best: BestWeights | undefined): Promise<void> {
    const { device, plan, task, feed } = this.parts
    const { program } = this.full
    checkCheckpoint(program, checkpoint)
    const take = (part: 'parameters' | 'frozen' | 'statistics') =>
      packBuffer(program.state[part] as StateLayout, ({ name }) => checkpoint.weights.get(name)!.data)
    this.#state = await makeState(device, program, {
      parameters: take('parameters'),
      statistics: take('statistics'),
      slots: checkpoint.slots,
    })
    this.frozen = await makeFrozen(device, take('frozen'))
    const { position } = checkpoint
    this.#epoch = position.epoch
    this.#stepInEpoch = position.stepInEpoch
    this.#step = position.step
    this.#baseRate = position.baseLearningRate
    this.#clock.set(position.seconds)
    this.#epochBegan = position.seconds - position.epochSeconds
    this.#watcher.restore(position)
    this.#best = best
    this.#figures = new EpochFigures(task, plan.samplesPerEpoch)
    const rows = Math.min(position.stepInEpoch * plan.batchSize, plan.samplesPerEpoch)
    const seen = plan.order(position.epoch).subarray(0, rows)
    if (rows > 0) this.#figures.restore(position.lossSum, rows, checkpoint.predictions, feed.targetsOf(seen))
  }

  /** The current weights, by name. */
  async weights(state: State = this.#state): Promise<NamedTensors> {
    const { device } = this.parts
    const { state: layout } = this.full.program
    const read = async (tensor: RuntimeTensor | undefined) => (tensor ? device.download(tensor) : new Float32Array(0))
    return unpackBuffers(layout, {
      parameters: await read(state.parameters),
      frozen: await read(this.frozen.frozen),
      statistics: await read(state.statistics),
    })
  }

  /**
   * Everything needed to resume from here. All steps up to here have been reported by then, so that the log is
   * complete.
   */
  async checkpoint(): Promise<Checkpoint> {
    await this.#progress?.flush()
    const { predictions } = this.#figures
    return {
      weights: await this.weights(),
      slots: await this.#slots(this.#state),
      position: this.#position(),
      ...(predictions && { predictions: predictions.slice() }),
    }
  }

  async #slots(state: State): Promise<Record<string, Float32Array>> {
    const slots: Record<string, Float32Array> = {}
    for (const name of this.full.program.slots) slots[name] = await this.parts.device.download(state[`slot.${name}`]!)
    return slots
  }

  #position(): RunPosition {
    return {
      epoch: this.#epoch,
      stepInEpoch: this.#stepInEpoch,
      step: this.#step,
      baseLearningRate: this.#baseRate,
      seconds: this.#clock.seconds,
      epochSeconds: this.#clock.seconds - this.#epochBegan,
      lossSum: this.#figures.lossSum,
      ...this.#watcher.save(),
    }
  }

  /** Trains up to the planned end, until nothing improves any more, or until a stop request. */
  async run(control: RunControl, listener: TrainerListener): Promise<EndReason> {
    const { epochs } = this.parts.training
    const { samplesPerEpoch, stepsPerEpoch } = this.parts.plan
    const progress = new TrainingProgress({ samplesPerEpoch, stepsPerEpoch, epochs }, (event) => listener.step(event))
    this.#progress = progress
    let reason: EndReason = 'completed'
    this.#clock.start()
    try {
      while (this.#epoch < epochs && reason === 'completed') {
        if (!(await this.#runEpoch(control, listener, progress))) reason = 'stopped'
        else if (this.#watcher.shouldStop && this.#epoch < epochs) reason = 'early-stopping'
      }
    } finally {
      await progress.flush()
      this.#clock.stop()
    }
    return reason
  }

  /** False if stopped. */
  async #runEpoch(control: RunControl, listener: TrainerListener, progress: TrainingProgress): Promise<boolean> {
    const order = this.parts.plan.order(this.#epoch)
    this.parts.feed.follow(order, this.#stepInEpoch * this.parts.plan.batchSize)
    this.#spent = { calls: 0, waiting: 0, until: this.#clock.seconds }
    while (this.#stepInEpoch < this.parts.plan.stepsPerEpoch) {
      await this.#obey(control, listener)
      if (control.stopping) return false
      await this.#call(order, progress)
      await listener.pause('call')
    }
    // Everything about an epoch is reported before its end.
    await progress.flush()
    await this.#checkWeights()
    const validating = this.#clock.seconds
    const giveUp = async () => {
      await this.#obey(control, listener)
      return control.stopping
    }
    const measured = await this.#measure(giveUp)
    if (control.stopping) return false
    progress.validated(this.#clock.seconds - validating)
    await this.#endEpoch(listener, measured)
    return true
  }

  /** Handles the requests since the last call. */
  async #obey(control: RunControl, listener: TrainerListener): Promise<void> {
    await control.listen()
    this.#baseRate = control.takeRate() ?? this.#baseRate
    if (!control.paused) return
    this.#clock.stop()
    await listener.pause('paused')
    await control.whilePaused()
    this.#clock.start()
    this.#baseRate = control.takeRate() ?? this.#baseRate
  }

  async #call(order: Int32Array, progress: TrainingProgress): Promise<void> {
    const { plan, feed, training } = this.parts
    const isShort = this.#stepInEpoch >= plan.fullSteps
    const runner = isShort ? this.short! : this.full
    const steps = isShort ? 1 : Math.min(this.#chunk.steps, plan.fullSteps - this.#stepInEpoch)
    const from = this.#stepInEpoch * plan.batchSize
    const samples = order.subarray(from, from + steps * runner.batchSize)
    const draws = this.#draws.take(this.#epoch, order, from, samples.length, runner.batchSize, this.#stepInEpoch)
    const rate = (step: number) => this.#scheduledRate(step, this.#baseRate)
    const scalars = scalarRows(runner.program, this.#step, steps, rate, training.seed)
    const begin = performance.now()
    const { data, indices } = await feed.take(samples)
    this.#spent.waiting += performance.now() - begin
    const all = { ...data, ...this.frozen }
    const result = await runner.run(this.#state, { steps, indices, scalars, draws, data: all })
    const milliseconds = performance.now() - begin
    this.#spent.calls += milliseconds
    if (!isShort) this.#chunk.took(steps, milliseconds)
    this.#remember({
      runner,
      state: this.#state,
      order: samples,
      scalars,
      draws,
      epoch: this.#epoch,
      stepInEpoch: this.#stepInEpoch,
      step: this.#step,
    })
    this.#state = result.state
    if (firstNotFinite(result.losses) >= 0) await this.#breakDown()
    const metrics = this.#figures.take(result.losses, result.predictions, feed.targetsOf(samples), runner.batchSize)
    this.#stepInEpoch += steps
    this.#step += steps
    const { until } = this.#spent
    this.#spent.until = this.#clock.seconds
    await progress.take({
      epoch: this.#epoch + 1,
      step: this.#step,
      losses: result.losses,
      metrics,
      learningRate: rate(this.#step - 1),
      train: this.#figures.figures(),
      samples: samples.length,
      milliseconds: (this.#spent.until - until) * 1000,
    })
  }

  #remember(call: TakenCall): void {
    this.#calls.push(call)
    if (this.#calls.length <= 2) return
    this.parts.device.discard(Object.values(this.#calls.shift()!.state))
  }

  /** Without this, weights that break in an epoch's last step would show only in the next epoch. */
  async #checkWeights(): Promise<void> {
    if (!(await isFinite(this.parts.device, this.#state))) await this.#breakDown()
  }

  /** Restores the last finite weights and fails with a problem that explains what happened. */
  async #breakDown(): Promise<never> {
    const { device, feed, source } = this.parts
    const replay = { device, feed, frozen: this.frozen }
    const failure = await findFailure(replay, this.#calls)
    if (!failure) return failUnexplained(this.#epoch + 1, this.#step)
    this.#goBack(failure)
    const learningRate = this.#scheduledRate(this.#step, this.#baseRate)
    throw new ProblemError([await explainFailure(failure, { ...replay, source, learningRate })])
  }

  #goBack({ call, at, before }: Failure): void {
    this.#state = before
    this.#epoch = call.epoch
    this.#stepInEpoch = call.stepInEpoch + at
    this.#step = call.step + at
    // Running figures of an epoch that will not finish are useless.
    this.#figures = new EpochFigures(this.parts.task, this.parts.plan.samplesPerEpoch)
  }

  /**
   * Measures the current weights on the validation split, and on training samples in the same way; empty if canceled.
   */
  async #measure(giveUp: () => Promise<boolean>): Promise<Measured> {
    const { evaluation, validation: samples } = this.parts
    if (samples.length === 0) return {}
    const weights = await evaluation.weights(await this.weights())
    const validation = await evaluation.measure(weights, samples, giveUp)
    const trainingSet = validation && (await evaluation.measure(weights, this.#measured, giveUp))
    evaluation.discard(weights)
    return validation && trainingSet ? { validation, trainingSet } : {}
  }

  async #endEpoch(listener: TrainerListener, { validation, trainingSet }: Measured): Promise<void> {
    const figures = { train: this.#figures.figures(), ...(validation && { validation }) }
    const learningRate = this.#scheduledRate(Math.max(0, this.#step - 1), this.#baseRate)
    const now = this.#clock.seconds
    const seconds = now - this.#epochBegan
    this.#epochBegan = now
    this.#epoch++
    this.#stepInEpoch = 0
    this.#figures = new EpochFigures(this.parts.task, this.parts.plan.samplesPerEpoch)
    const { best } = this.#watcher.take(this.#epoch, figures)
    await this.#progress?.flush()
    if (best) this.#best = { weights: await this.weights(), epoch: this.#epoch, figures }
    await listener.epoch({
      event: 'epoch',
      epoch: this.#epoch,
      step: this.#step,
      ...figures,
      ...(trainingSet && { trainingSet }),
      learningRate,
      seconds,
      waiting: this.#spent.calls === 0 ? 0 : this.#spent.waiting / this.#spent.calls,
      best,
    })
    await listener.pause('epoch')
  }

  async release(): Promise<void> {
    const { device } = this.parts
    for (const { state } of this.#calls) device.discard(Object.values(state))
    device.discard(Object.values(this.#state))
    await this.full.release()
    await this.short?.release()
  }
}
