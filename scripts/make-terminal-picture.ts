/**
 * Generates docs/images/train.svg, the picture of a run in README.md, from the actual output of the command line:
 * `npx tsx scripts/make-terminal-picture.ts`. Needs `script` from util-linux, which gives the program a terminal.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const COMMAND = 'npx layerloom train resources/projects/mnist-mlp.loom'
const COLUMNS = 100
const CELL = { width: 7.8, height: 17 }
const MARGIN = 16

/** What an escape sequence sets, by its number; the colors of a dark terminal. */
const colors: Readonly<Record<number, string>> = {
  31: '#f0716b',
  32: '#5fbf7f',
  33: '#e2a93b',
  34: '#6ea8f7',
  36: '#4cc2c4',
}
const DEFAULT = '#d8dde3'
const DIM = '#8b949e'

interface Cell {
  readonly character: string
  readonly color: string
  readonly bold: boolean
}

/** Runs the command in a terminal and returns its whole output. */
function record(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-picture-'))
  const run = `node out/main/cli.js train resources/projects/mnist-mlp.loom --out ${join(folder, 'run')}`
  const { stdout, status } = spawnSync('script', ['-qefc', `stty cols ${COLUMNS} rows 60; ${run}`, '/dev/null'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_command: 'exec', NO_COLOR: '', TERM: 'xterm-256color' },
    maxBuffer: 1e9,
  })
  rmSync(folder, { recursive: true, force: true })
  if (status !== 0) throw new Error(`the run ended with ${status}: ${stdout}`)
  return stdout.replaceAll(join(folder, 'run'), 'runs/2026-11-24_09-30-00_mnist-mlp')
}

/** The final screen, after interpreting carriage returns and line erasure. */
function screenOf(output: string): Cell[][] {
  const lines: Cell[][] = [[]]
  let column = 0
  let style = { color: DEFAULT, bold: false }
  for (const [token] of output.matchAll(/\u001B\[[\d;]*[A-Za-z]|[^]/gu)) {
    const line = lines.at(-1)!
    if (token === '\n') {
      lines.push([])
      column = 0
    } else if (token === '\r') column = 0
    else if (token === '\u001B[K') line.length = column
    else if (token.startsWith('\u001B[')) style = styled(style, Number(token.slice(2, -1)))
    else {
      while (line.length < column) line.push({ character: ' ', ...style })
      line[column++] = { character: token, ...style }
    }
  }
  return lines
}

function styled(style: { color: string; bold: boolean }, code: number): { color: string; bold: boolean } {
  if (code === 0) return { color: DEFAULT, bold: false }
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, color: DIM }
  if (code === 22) return { color: DEFAULT, bold: false }
  return { ...style, color: colors[code] ?? DEFAULT }
}

/** Every run of text in one style is placed by its column, so that the picture does not depend on the viewer's font. */
function svgOf(lines: readonly (readonly Cell[])[]): string {
  const width = Math.ceil(COLUMNS * CELL.width + 2 * MARGIN)
  const height = lines.length * CELL.height + 2 * MARGIN
  const texts = lines.flatMap((line, row) =>
    stretches(line).map(({ column, text, color, bold }) => {
      const x = (MARGIN + column * CELL.width).toFixed(1)
      const y = MARGIN + row * CELL.height + 13
      const length = ([...text].length * CELL.width).toFixed(1)
      const weight = bold ? ' font-weight="600"' : ''
      return `<text x="${x}" y="${y}" fill="${color}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${weight}>${escaped(text)}</text>`
    }),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="13" xml:space="preserve">`,
    `<title>A run of layerloom train in a terminal</title>`,
    `<rect width="100%" height="100%" rx="8" fill="#14181d"/>`,
    ...texts,
    '</svg>\n',
  ].join('\n')
}

function stretches(line: readonly Cell[]) {
  const found: { column: number; text: string; color: string; bold: boolean }[] = []
  line.forEach(({ character, color, bold }, column) => {
    const last = found.at(-1)
    if (last && last.color === color && last.bold === bold) last.text += character
    else found.push({ column, text: character, color, bold })
  })
  return found.filter(({ text }) => text.trim() !== '')
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00A0')

const prompt = [...`$ ${COMMAND}`].map((character): Cell => ({ character, color: DEFAULT, bold: true }))
const screen = screenOf(record().trimEnd())
mkdirSync(join(root, 'docs/images'), { recursive: true })
writeFileSync(join(root, 'docs/images/train.svg'), svgOf([prompt, [], ...screen]))
