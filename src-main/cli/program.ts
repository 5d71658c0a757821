/** From the words of the command line to an exit code: finds the command, runs it, and reports what is wrong. */
import { ProblemError, type Problem } from '#core/problems/problem'
import { findAppRoot } from '../project/appFolders'
import { parseCommand, type CommandContext, type CommandDefinition } from './command'
import { DONE, exitCodeFor, FAILED, WRONG_INPUT } from './exitCode'
import { describeCommand, describeGroup, describeProgram } from './help'
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

async function dispatch(words: readonly string[], context: CommandContext): Promise<number> {
  const [name] = words
  const { terminal, program } = context
  const page = { program, columns: terminal.columns, paint: terminal.paint }
  if (name === '--version' || name === '-v') terminal.write(`${findAppRoot().version}\n`)
  else if (name === '--help' || name === '-h' || name === 'help') terminal.write(describeProgram(commands, page))
  else if (name === undefined) {
    terminal.write(describeProgram(commands, page))
    return WRONG_INPUT
  } else {
    const help = words.includes('--help') || words.includes('-h')
    const group = commandsOf(name)
    if (group.length > 0 && (words[1] ?? '-').startsWith('-')) {
      terminal.write(describeGroup(name, group, page))
      return help ? DONE : WRONG_INPUT
    }
    const { command, rest } = findCommand(words)
    if (!help) return command.run(parseCommand(command, rest), context)
    terminal.write(describeCommand(command, page))
  }
  return DONE
}

/** The commands whose names begin with this word and go on with another. */
function commandsOf(word: string): CommandDefinition[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `))
}

/** Names of commands are one word, or two where several belong together: `train`, `data download`. */
function findCommand(words: readonly string[]): { command: CommandDefinition; rest: readonly string[] } {
  for (const length of [2, 1]) {
    const command = commands.find((candidate) => candidate.name === words.slice(0, length).join(' '))
    if (command) return { command, rest: words.slice(length) }
  }
  const name = words.slice(0, commandsOf(words[0]!).length > 0 ? 2 : 1).join(' ')
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
