/** All broken networks, each with what the analysis must say of it and where. */
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
