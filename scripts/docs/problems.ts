/** docs/problems.md: every problem code with what it means, generated from the one table of codes. */
import { problemCodes, type ProblemCode } from '../../src-core/problems/codes'

/** What the first word of a code stands for. */
const groups: Readonly<Record<string, string>> = {
  project: 'Project file',
  command: 'Command line',
  setting: 'Command line',
  file: 'Files and folders',
  graph: 'Network',
  node: 'Layers',
  block: 'Blocks',
  shape: 'Shapes',
  embedding: 'Shapes',
  output: 'Output and loss',
  softmax: 'Output and loss',
  data: 'Data',
  cache: 'Data',
  training: 'Training',
  device: 'Training',
  engine: 'Training',
  run: 'Runs',
  model: 'Models',
  export: 'Models',
}

/** The whole page, ending with a newline. */
export function problemsPage(): string {
  const byGroup = new Map<string, ProblemCode[]>()
  for (const code of Object.keys(problemCodes) as ProblemCode[]) {
    const group = groups[code.split('-')[0]!] ?? 'Other'
    byGroup.set(group, [...(byGroup.get(group) ?? []), code])
  }
  const sections = [...byGroup].map(([group, codes]) => {
    const rows = codes.map((code) => `| \`${code}\` | ${problemCodes[code].replaceAll('|', '\\|')} |`)
    return [`## ${group}\n`, '| code | what it means |', '| --- | --- |', ...rows].join('\n') + '\n'
  })
  return [introduction, ...sections].join('\n')
}

const introduction = `# Problems

Everything that can be wrong in what a person gives to Layerloom has a code. The window, the command line and its \`--json\`
lines show the same: what is wrong, where, what was expected, what was received, the arithmetic where there is one, and what
to do. The list is written by \`npm run docs\` from \`src-core/problems/codes.ts\`.
`
