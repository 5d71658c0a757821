/** Maps the words of the command line to an exit code: finds the command, runs it, and reports problems. */
import { namesLike } from '#core/base/namesLike'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { findAppRoot } from '../machine/appFolders'
import { parseCommand, type CommandContext, type CommandDefinition } from './command'
import { DONE, exitCodeFor, FAILED, WRONG_INPUT } from '../machine/exitCode'
import { describeCommand, describeGroup, describeProgram } from './help'
import { cliCommands } from './commands/index'
import { printErrorLine } from './view/jsonLines'
import { describeProblems } from './view/problems'

/** Runs one command line to its end. Never throws: every failure is printed. */
export async function runProgram(words: readonly string[], context: CommandContext): Promise<number> {
  const asJson = words.includes('--json')
  try {
    return await dispatch(words, context)
  } catch (error) {
    if (error instanceof ProblemError) {
      report(error.problems, asJson, context)
      return exitCodeFor(error.problems)
    }
    context.terminal.writeError(
      `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    return FAILED
  }
}

async function dispatch(words: readonly string[], context: CommandContext): Promise<number> {
  const [name] = words
  const { terminal, program } = context
  const page = { program, columns: terminal.columns, paint: terminal.paint }
  if (name === '--version' || name === '-v') terminal.write(`${findAppRoot().version}\n`)
  else if (name === '--help' || name === '-h') terminal.write(describeProgram(cliCommands, page))
  else if (name === 'help' && words.length > 1) return dispatch([...words.slice(1).filter(isWord), '--help'], context)
  else if (name === 'help') terminal.write(describeProgram(cliCommands, page))
  else if (name === undefined) {
    terminal.write(describeProgram(cliCommands, page))
    return WRONG_INPUT
  } else {
    const help = words.includes('--help') || words.includes('-h')
    const group = groupOf(words)
    if (group) {
      terminal.write(describeGroup(group.name, group.commands, page))
      return help ? DONE : WRONG_INPUT
    }
    const { command, rest } = findCommand(words)
    if (!help) return command.run(parseCommand(command, rest), context)
    terminal.write(describeCommand(command, page))
  }
  return DONE
}

const isWord = (word: string): boolean => !word.startsWith('-')

/** The commands whose names start with these words and have at least one more. */
function commandsOf(begin: string): CommandDefinition[] {
  return cliCommands.filter(({ name }) => name.startsWith(`${begin} `))
}

/** For input that ends before a full command name: `data`, `data cache --help`. */
function groupOf(words: readonly string[]) {
  const end = words.findIndex((word) => word.startsWith('-'))
  const name = words.slice(0, end < 0 ? undefined : end).join(' ')
  const found = commandsOf(name)
  return found.length > 0 ? { name, commands: found } : undefined
}

/** Words in the longest command name. */
const LONGEST = 3

/** A command name has one word, or several for grouped commands: `train`, `data download`, `data cache list`. */
function findCommand(words: readonly string[]): { command: CommandDefinition; rest: readonly string[] } {
  for (let length = LONGEST; length > 0; length--) {
    const command = cliCommands.find((candidate) => candidate.name === words.slice(0, length).join(' '))
    if (command) return { command, rest: words.slice(length) }
  }
  let known = 0
  while (known < LONGEST - 1 && commandsOf(words.slice(0, known + 1).join(' ')).length > 0) known++
  const name = words.slice(0, known + 1).join(' ')
  const names = cliCommands.map((candidate) => candidate.name).join(', ')
  return fail('command-line', 'command', { name, known: names, near: commandLike(words) })
}

/** The closest command name with the same number of words, or the closest group name. */
function commandLike(words: readonly string[]): string {
  const names = ['help', ...new Set(cliCommands.flatMap(({ name }) => [name, name.split(' ')[0]!]))]
  const lengthOf = (name: string): number => name.split(' ').length
  for (let length = LONGEST; length > 0; length--) {
    const candidates = names.filter((name) => lengthOf(name) === length)
    const [near] = namesLike(words.slice(0, length).join(' '), candidates)
    if (near !== undefined) return near
  }
  return ''
}

function report(problems: readonly Problem[], asJson: boolean, { terminal }: CommandContext): void {
  if (asJson) printErrorLine(terminal, problems)
  else terminal.writeError(describeProblems(problems, terminal.columns, terminal.errorPaint))
}
