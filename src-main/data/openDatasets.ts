/** The data set that windows look at, kept in memory while they do: they ask for facts and samples of the same one again. */
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { openDataset, type Dataset } from './openDataset'

/** Milliseconds after the last question. */
const KEPT_FOR = 120_000

export class OpenDatasets {
  #key = ''
  #dataset: Promise<Dataset> | undefined
  #timer: NodeJS.Timeout | undefined

  /** @throws ProblemError as `openDataset` */
  open(settings: DataSettings, task: Project['task'], projectFolder: string): Promise<Dataset> {
    const key = JSON.stringify([settings, task, projectFolder])
    if (this.#dataset === undefined || key !== this.#key) {
      const opening = openDataset(settings, task, projectFolder)
      this.#key = key
      this.#dataset = opening
      // What failed is tried again the next time: the person may have mended the file.
      opening.catch(() => this.#dataset === opening && this.forget())
    }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.forget(), KEPT_FOR)
    this.#timer.unref()
    return this.#dataset
  }

  /** Files may have changed on disk: the next question reads them again. */
  forget(): void {
    clearTimeout(this.#timer)
    this.#dataset = undefined
  }
}
