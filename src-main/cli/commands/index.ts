/** All commands, in the order the help lists them. */
import type { CommandDefinition } from '../command'
import { dataCommands } from './data/index'
import { evaluate } from './evaluate'
import { exportModel } from './export'
import { inspect } from './inspect'
import { newProject } from './new'
import { predict } from './predict'
import { resume } from './resume'
import { serve } from './serve'
import { train } from './train'

export const cliCommands: readonly CommandDefinition[] = [
  newProject,
  train,
  resume,
  evaluate,
  predict,
  exportModel,
  inspect,
  ...dataCommands,
  serve,
]
