/**
 * Command definitions and command-line parsing. Uses Node's own parser in strict mode: an unknown option, a missing
 * value or an extra one is a problem that names it.
 */
import { parseArgs } from 'node:util'
import { nearestName } from '#core/base/namesLike'
import type { WordOf } from '#core/params/params'
import { fail } from '#core/problems/problem'
import type { Terminal } from './terminal'

interface AnyOption {
  readonly doc: string
  /** Single letter, for `-o`. */
  readonly short?: string
  /** Another name of the option. */
  readonly alias?: string
}
/** Boolean; takes no value. */
export interface FlagOption extends AnyOption {
  readonly type: 'flag'
}
/** Takes a string; `value` names it in the help. */
export interface TextOption extends AnyOption {
  readonly type: 'text'
  readonly value: string
}
/** A text option that can be repeated. */
export interface ListOption extends AnyOption {
  readonly type: 'list'
  readonly value: string
}
/** Takes an integer of at least 1. */
export interface CountOption extends AnyOption {
  readonly type: 'count'
  readonly value: string
}
export interface ChoiceOption extends AnyOption {
  readonly type: 'choice'
  readonly options: readonly string[]
}
export type Option = FlagOption | TextOption | ListOption | CountOption | ChoiceOption
export type Options = Readonly<Record<string, Option>>

type ValueOf<O extends Option> = O extends FlagOption
  ? boolean
  : O extends ListOption
    ? readonly string[]
    : O extends CountOption
      ? number | undefined
      : O extends ChoiceOption
        ? WordOf<O> | undefined
        : string | undefined

/** Option names are dashed, both here and on the command line. */
export type OptionValues<O extends Options> = { readonly [K in keyof O]: ValueOf<O[K]> }

export interface Argument {
  readonly name: string
  readonly doc: string
  /** The last argument accepts one or more values. */
  readonly several?: boolean
  /** The last argument is optional; the command itself reports what is missing. */
  readonly optional?: boolean
}

export interface CommandContext {
  readonly terminal: Terminal
  /** How the user started the program, for the suggested next commands. */
  readonly program: string
  /** Aborts on the first Ctrl-C, or when the reader of the output closes it. */
  readonly interruption: AbortSignal
}

export interface CommandDefinition<O extends Options = Options> {
  readonly name: string
  readonly summary: string
  readonly arguments: readonly Argument[]
  readonly options: O
  readonly examples: readonly string[]
  /** Resolves to the exit code: 0, 1 (failed), 130 (interrupted). Invalid input is thrown as problems. */
  run(
    input: { readonly arguments: readonly string[]; readonly options: OptionValues<O> },
    context: CommandContext,
  ): Promise<number>
}

export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): CommandDefinition<O> {
  return definition
}

export interface ParsedCommand {
  readonly arguments: readonly string[]
  readonly options: OptionValues<Options>
}

/** @throws ProblemError `command-line` */
export function parseCommand(command: CommandDefinition, words: readonly string[]): ParsedCommand {
  const { values, positionals } = split(command, words)
  const last = command.arguments.at(-1)
  const missing = command.arguments[positionals.length]
  if (missing && !missing.optional)
    fail('command-line', 'argument-missing', {
      command: command.name,
      argument: argumentName(missing),
      expected: missing.doc,
      near: '',
    })
  if (positionals.length > command.arguments.length && !last?.several) {
    const extra = positionals.slice(command.arguments.length).join(' ')
    fail('command-line', 'argument-extra', {
      command: command.name,
      expected: usageOf(command),
      received: extra,
      near: '',
    })
  }
  const options = Object.entries(command.options).map(([name, option]) => [
    name,
    readValue(command, name, option, givenOf(name, option, values)),
  ])
  return { arguments: positionals, options: Object.fromEntries(options) as OptionValues<Options> }
}

/** `<file…>`, `[key…]` */
export function argumentName({ name, several, optional }: Argument): string {
  const named = `${name}${several ? '…' : ''}`
  return optional ? `[${named}]` : `<${named}>`
}

/** `train <project> [options]` */
export function usageOf(command: CommandDefinition): string {
  return [command.name, ...command.arguments.map(argumentName), '[options]'].join(' ')
}

function split(command: CommandDefinition, words: readonly string[]) {
  const options = Object.entries(command.options).flatMap(([name, { type, short, alias }]) => {
    const form = { type: type === 'flag' ? 'boolean' : 'string', multiple: true }
    return [[name, { ...form, ...(short !== undefined && { short }) }], ...(alias === undefined ? [] : [[alias, form]])]
  })
  try {
    return parseArgs({
      args: [...words],
      options: Object.fromEntries(options) as Record<
        string,
        { type: 'string' | 'boolean'; multiple: true; short?: string }
      >,
      allowPositionals: true,
    })
  } catch (error) {
    // Node's messages are long; the first sentence is enough.
    const [message] = (error as Error).message.split(/(?<=\.) |\n/)
    const unknown = /^Unknown option '([^']+)'/.exec(message!)?.[1]
    const names = optionNames(command)
    return fail('command-line', 'words', {
      command: command.name,
      fault: message!.replace(/\.?$/, '.'),
      known: names.join(', '),
      received: words.join(' '),
      near: (unknown !== undefined && nearestName(unknown, names)) || '',
    })
  }
}

type GivenValues = Readonly<Record<string, readonly (string | boolean)[] | undefined>>

/** What was given for an option by any of its names. */
function givenOf(name: string, { alias }: Option, values: GivenValues): readonly (string | boolean)[] {
  return [...(values[name] ?? []), ...((alias !== undefined && values[alias]) || [])]
}

function readValue(
  command: CommandDefinition,
  name: string,
  option: Option,
  given: readonly (string | boolean)[],
): unknown {
  if (option.type === 'flag') return given.length > 0
  if (option.type === 'list') return given
  const told = { command: command.name, option: name, near: '' }
  if (given.length > 1) fail('command-line', 'twice', { ...told, received: given.join(' and ') })
  const value = given[0] as string | undefined
  if (value === undefined) return undefined
  if (option.type === 'choice' && !option.options.includes(value))
    fail('command-line', 'choice', {
      ...told,
      value,
      known: option.options.join(', '),
      near: nearestName(value, option.options) ?? '',
    })
  if (option.type !== 'count') return value
  if (!/^\d{1,15}$/.test(value) || Number(value) < 1) fail('command-line', 'count', { ...told, received: value })
  return Number(value)
}

function optionNames(command: CommandDefinition): string[] {
  const names = Object.entries(command.options).flatMap(([name, { alias }]) => [name, ...(alias ? [alias] : [])])
  return ['help', ...names].map((name) => `--${name}`)
}
