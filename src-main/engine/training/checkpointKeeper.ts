/** Writes checkpoints during training: often enough to lose little, without blocking the trainer on the disk. */
import type { BestWeights, Checkpoint } from '../../runs/checkpoint'
import type { RunRecord } from '../../runs/record'
import type { RunFolder } from '../../runs/store'
import type { Trainer } from './trainer'

/** Seconds until the first checkpoint, between those at epoch ends, and between those within long epochs. */
const FIRST = 1
const BETWEEN_EPOCHS = 2
const WITHIN_EPOCH = 60

/** The state at one moment; it does not change while it is written. */
interface Snapshot {
  readonly best: BestWeights | undefined
  readonly last: Checkpoint
  readonly record: RunRecord
}

export class CheckpointKeeper {
  #written = performance.now()
  #waits = FIRST
  #best: BestWeights | undefined
  /** The checkpoint being written; it never rejects. */
  #writing: Promise<void> | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(
    private readonly folder: RunFolder,
    private readonly trainer: Pick<Trainer, 'best' | 'checkpoint'>,
    /** The run record to write now. */
    private readonly record: () => RunRecord,
    /** The best weights already in the folder. */
    best?: BestWeights,
  ) {
    this.#best = best
  }

  /** Starts a write if one is due; before a pause, waits for it. @throws the error of the last checkpoint */
  async pause(moment: 'call' | 'epoch' | 'paused'): Promise<void> {
    this.#throwFailure()
    if (moment === 'paused') return this.write()
    if (this.#writing) return
    const seconds = (performance.now() - this.#written) / 1000
    if (seconds >= Math.min(this.#waits, moment === 'epoch' ? BETWEEN_EPOCHS : WITHIN_EPOCH))
      this.#begin(await this.#snapshot())
  }

  /** Writes immediately and waits until everything is on disk. @throws ProblemError `run-write` */
  async write(): Promise<void> {
    await this.settle()
    this.#throwFailure()
    this.#begin(await this.#snapshot())
    await this.settle()
    this.#throwFailure()
  }

  /** Waits for the current write, whether it succeeds or fails. */
  async settle(): Promise<void> {
    await this.#writing
  }

  async #snapshot(): Promise<Snapshot> {
    return { best: this.trainer.best, last: await this.trainer.checkpoint(), record: this.record() }
  }

  #begin(snapshot: Snapshot): void {
    this.#writing = this.#store(snapshot)
      .catch((error: unknown) => void (this.#failure = { error }))
      .finally(() => {
        this.#writing = undefined
        this.#waits = WITHIN_EPOCH
        this.#written = performance.now()
      })
  }

  /** Best weights first: if the power fails between the two, resuming from the older `last` finds them again. */
  async #store({ best, last, record }: Snapshot): Promise<void> {
    if (best && best !== this.#best) {
      await this.folder.writeBest(best)
      this.#best = best
    }
    // The log is synced before the checkpoint it has to cover.
    await this.folder.sync()
    await this.folder.writeLast(last)
    await this.folder.writeRecord(record)
  }

  #throwFailure(): void {
    const failure = this.#failure
    this.#failure = undefined
    if (failure) throw failure.error
  }
}
