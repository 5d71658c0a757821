/** From the words of the command line to an exit code: finds the command, runs it, and reports what is wrong. */
import { ProblemError, type Problem } from '#core/problems/problem'
import { findAppRoot } from '../project/appFolders'
import { parseCommand, type CommandContext, type CommandDefinition } from './command'
import { DONE, exitCodeFor, FAILED, WRONG_INPUT } from './exitCode'
import { describeCommand, describeProgram } from './help'
import { commands } from './commands/index'
import { printErrorLine } from './view/jsonLines'
import { describeProblems } from './view/problems'

/** Runs one command line to its end. Nothing is thrown: whatever goes wrong is printed. */
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

async function dispatch([name, ...words]: readonly string[], context: CommandContext): Promise<number> {
  const { terminal, program } = context
  const page = { program, columns: terminal.columns, paint: terminal.paint }
  if (name === '--version' || name === '-v') terminal.write(`${findAppRoot().version}\n`)
  else if (name === '--help' || name === '-h' || name === 'help') terminal.write(describeProgram(commands, page))
  else if (name === undefined) {
    terminal.write(describeProgram(commands, page))
    return WRONG_INPUT
  } else {
    const command = findCommand(name)
    if (!words.includes('--help') && !words.includes('-h')) return command.run(parseCommand(command, words), context)
    terminal.write(describeCommand(command, page))
  }
  return DONE
}

function findCommand(name: string): CommandDefinition {
  const command = commands.find((candidate) => candidate.name === name)
  if (command) return command
  const names = commands.map((candidate) => candidate.name).join(', ')
  throw new ProblemError([
    {
      code: 'command-line',
      severity: 'error',
      place: {},
      message: `There is no command “${name}”.`,
      expected: `one of ${names}`,
      received: name,
      fix: 'See layerloom --help.',
    },
  ])
}

function report(problems: readonly Problem[], asJson: boolean, { terminal }: CommandContext): void {
  if (asJson) printErrorLine(terminal, problems)
  else terminal.writeError(describeProblems(problems, terminal.columns, terminal.errorPaint))
}
