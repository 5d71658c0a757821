/** The commands, in the order in which the help lists them. */
import type { CommandDefinition } from '../command'
import { evaluate } from './evaluate'
import { exportModel } from './export'
import { inspect } from './inspect'
import { predict } from './predict'
import { train } from './train'

export const commands = [train, evaluate, predict, exportModel, inspect] as unknown as readonly CommandDefinition[]
