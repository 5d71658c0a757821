/** Rows of the gallery's tables: per-class metrics of the MNIST CNN, and a few runs. */
import { curves } from './curveFixtures'

export interface ClassRow {
  readonly name: string
  readonly precision: number
  readonly recall: number
  readonly samples: number
}

const precision = [0.9983, 1, 0.9933, 0.9803, 0.9947, 0.9928, 0.9857, 0.9841, 0.9794, 0.9932]
const recall = [0.9983, 0.9896, 0.9834, 0.9934, 0.9842, 0.9946, 0.9946, 0.9904, 0.9888, 0.9848]
const samples = [602, 675, 604, 602, 568, 551, 553, 626, 625, 594]

export const classRows: readonly ClassRow[] = precision.map((value, index) => ({
  name: String(index),
  precision: value,
  recall: recall[index] ?? 0,
  samples: samples[index] ?? 0,
}))

export interface RunRow {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly accuracy: number | null
  readonly seconds: number
  readonly loss: ArrayLike<number>
}

export const runRows: readonly RunRow[] = [
  { id: 'run-12', name: 'Run 12', state: 'training', accuracy: 0.9902, seconds: 19.9, loss: curves.loss.y },
  {
    id: 'run-11',
    name: 'Run 11',
    state: 'finished',
    accuracy: 0.9871,
    seconds: 41,
    loss: curves.loss.y.slice(0, 2500),
  },
  { id: 'run-10', name: 'Run 10', state: 'failed', accuracy: null, seconds: 3.1, loss: curves.loss.y.slice(0, 120) },
  {
    id: 'run-9',
    name: 'Run 9',
    state: 'finished',
    accuracy: 0.9785,
    seconds: 7380,
    loss: curves.loss.y.slice(0, 1200),
  },
]
