/** The losses of a whole run in bounded memory, for the curve at its end. */

/** Maximum number of means to keep; far more than the columns of a terminal. */
const CAPACITY = 4096

export interface LossHistory {
  add(losses: readonly number[]): void
  /** Losses added so far. */
  readonly count: number
  /** Means over `parts` equal sections of the run; fewer if there were fewer losses. */
  resample(parts: number): number[]
}

/** Every mean covers the same number of losses; when the buffer is full, neighbors are merged. */
export function createLossHistory(): LossHistory {
  let means: number[] = []
  let width = 1
  let count = 0
  let sum = 0
  let pending = 0
  const add = (loss: number): void => {
    count++
    sum += loss
    if (++pending < width) return
    means.push(sum / width)
    sum = pending = 0
    if (means.length < CAPACITY) return
    means = means.flatMap((mean, i) => (i % 2 === 0 ? [(mean + means[i + 1]!) / 2] : []))
    width *= 2
  }
  return {
    add: (losses) => losses.forEach(add),
    get count() {
      return count
    },
    resample(parts) {
      const all = pending > 0 ? [...means, sum / pending] : means
      const length = Math.min(parts, all.length)
      return Array.from({ length }, (_, part) => {
        const start = Math.floor((part * all.length) / length)
        return mean(all.slice(start, Math.floor(((part + 1) * all.length) / length)))
      })
    },
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
