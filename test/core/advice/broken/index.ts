/** All broken networks, each with the problem that the analysis must report and its place. */
import { brokenBlocks } from './blocks'
import type { BrokenGraph } from './broken'
import { brokenEdges } from './edges'
import { brokenEnds } from './ends'
import { brokenParameters } from './parameters'
import { brokenShapes } from './shapes'
import { brokenTraining } from './training'

export { dataOf, type BrokenGraph } from './broken'

export const brokenGraphs: readonly BrokenGraph[] = [
  ...brokenEnds,
  ...brokenEdges,
  ...brokenParameters,
  ...brokenShapes,
  ...brokenTraining,
  ...brokenBlocks,
]
