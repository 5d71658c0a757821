/** The output of `--help`, generated from the command definitions. */
import { argumentName, usageOf, type CommandDefinition, type Option } from './command'
import type { Paint } from './terminal'
import { twoColumns } from './view/text'

interface Page {
  readonly program: string
  readonly columns: number
  readonly paint: Paint
}

/** The overview of all commands. */
export function describeProgram(commands: readonly CommandDefinition[], page: Page): string {
  const { program, paint } = page
  return [
    `Builds, trains and exports neural networks from Layerloom projects with ONNX Runtime.\n`,
    `${paint('bold', 'Usage')}  ${program} <command> [options]\n`,
    `${paint('bold', 'Commands')}\n` +
      table(
        commands.map((command) => [command.name, command.summary]),
        page,
      ),
    `${paint('bold', 'Get started')}\n${indented([`${program} train resources/projects/mnist-cnn.loom`, `${program} new flowers.csv`])}`,
    `Run ${program} help <command> for details, ${program} --version for the version.\n`,
    exitCodes,
  ].join('\n')
}

/** The commands that share a first word. */
export function describeGroup(name: string, commands: readonly CommandDefinition[], page: Page): string {
  const { program, paint } = page
  const rows = commands.map((command) => [command.name, command.summary] as const)
  return [
    `${paint('bold', 'Usage')}  ${program} ${name} <command> [options]\n`,
    `${paint('bold', 'Commands')}\n${table(rows, page)}`,
    `Run ${program} help ${name} <command> for details.\n`,
  ].join('\n')
}

/** The help page of one command. */
export function describeCommand(command: CommandDefinition, page: Page): string {
  const { program, paint } = page
  const argumentRows = command.arguments.map((argument): [string, string] => [argumentName(argument), argument.doc])
  const optionRows = Object.entries(command.options).map(([name, option]): [string, string] => [
    optionName(name, option),
    option.doc,
  ])
  return [
    `${command.summary}\n`,
    `${paint('bold', 'Usage')}  ${program} ${usageOf(command)}\n`,
    ...(argumentRows.length === 0 ? [] : [`${paint('bold', 'Arguments')}\n${table(argumentRows, page)}`]),
    `${paint('bold', 'Options')}\n${table([...optionRows, ['-h, --help', 'Show this help.']], page)}`,
    `${paint('bold', 'Examples')}\n${indented(command.examples.map((example) => `${program} ${example}`))}`,
  ].join('\n')
}

const exitCodes = 'Exit codes: 0 success, 1 failure, 2 invalid input, 130 interrupted.\n'

function optionName(name: string, option: Option): string {
  const short = `${option.short === undefined ? '' : `-${option.short}, `}${option.alias === undefined ? '' : `--${option.alias}, `}`
  switch (option.type) {
    case 'flag':
      return `${short}--${name}`
    case 'choice':
      return `${short}--${name} ${option.options.join('|')}`
    default:
      return `${short}--${name} ${option.value}`
  }
}

function table(rows: readonly (readonly [string, string])[], { columns, paint }: Page): string {
  return twoColumns(rows, { indent: 2, columns }, (label) => paint('cyan', label))
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('')
