/** Project files named from outside: on the command line, by a second start, or by the macOS Finder. */
import { extname, resolve } from 'node:path'

/** The .loom files among the start parameters, as absolute paths. */
export function projectPaths(parameters: readonly string[], workingFolder: string): string[] {
  return parameters
    .filter((parameter) => !parameter.startsWith('-') && extname(parameter).toLowerCase() === '.loom')
    .map((parameter) => resolve(workingFolder, parameter))
}
