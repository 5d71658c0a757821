/** `layerloom data cache list | clear | limit`: what data preparation keeps on disk, and its size limit. */
import { fail } from '#core/problems/problem'
import { CacheStore, type CacheSummary } from '../../../data/prepare/cacheStore'
import { defineCommand } from '../../command'
import { DONE } from '../../../machine/exitCode'
import type { Terminal } from '../../terminal'
import { formatBytes, formatCount, formatDuration } from '../../view/numbers'
import { shortPath } from '../../view/paths'
import { formatTable, type TextColumn } from '../../view/table'
import { cut, printable } from '../../view/text'

/** Characters of a key to show; this many identify an entry. */
const KEY_LENGTH = 10
const SOURCE_WIDTH = 26

const oneObject = { type: 'flag', doc: 'Print one JSON object instead of text.' } as const

export const dataCacheList = defineCommand({
  name: 'data cache list',
  summary: 'Lists prepared data cached on disk: step, source, size, last use.',
  arguments: [],
  options: { json: oneObject },
  examples: ['data cache list'],
  async run({ options: { json } }, { terminal }) {
    const summary = await new CacheStore().summary()
    terminal.write(json ? `${JSON.stringify(summary)}\n` : describe(summary, terminal))
    return DONE
  },
})

export const dataCacheClear = defineCommand({
  name: 'data cache clear',
  summary: 'Removes cached data; it is rebuilt when needed.',
  arguments: [
    {
      name: 'key',
      several: true,
      optional: true,
      doc: 'Entries to remove, by key prefix; all by default.',
    },
  ],
  options: { json: oneObject },
  examples: ['data cache clear', 'data cache clear 3f9a02c41d'],
  async run({ arguments: begins, options: { json } }, { terminal }) {
    const cache = new CacheStore()
    const { entries } = await cache.summary()
    const keys = begins.map((begin) => keyOf(begin, entries))
    const freed = await cache.clear(keys.length > 0 ? keys : undefined)
    const rest = await cache.summary()
    const removed = entries.filter(({ key }) => !rest.entries.some((entry) => entry.key === key))
    if (json)
      terminal.write(`${JSON.stringify({ freed, removed: removed.map(({ key }) => key), bytes: rest.bytes })}\n`)
    else {
      const count = removed.length === 1 ? 'one entry' : `${formatCount(removed.length)} entries`
      terminal.write(`Removed ${count}; ${formatBytes(freed)} freed, ${formatBytes(rest.bytes)} left.\n`)
    }
    return DONE
  },
})

export const dataCacheLimit = defineCommand({
  name: 'data cache limit',
  summary: 'Sets the cache size limit; the least recently used data is removed first.',
  arguments: [{ name: 'size', doc: 'Size in bytes, or with a unit: 500MB, 20GiB.' }],
  options: { json: oneObject },
  examples: ['data cache limit 50GiB'],
  async run({ arguments: [size], options: { json } }, { terminal }) {
    const cache = new CacheStore()
    await cache.setLimit(parseSize(size!))
    const { limit, bytes, folder } = await cache.summary()
    terminal.write(
      json
        ? `${JSON.stringify({ limit, bytes, folder })}\n`
        : `Limit: ${formatBytes(limit)} in ${shortPath(folder)}; ${formatBytes(bytes)} in use.\n`,
    )
    return DONE
  },
})

const columns: readonly TextColumn[] = [
  { title: 'key', align: 'left' },
  { title: 'step', align: 'left' },
  { title: 'source', align: 'left' },
  { title: 'samples', align: 'right' },
  { title: 'size', align: 'right' },
  { title: 'last used', align: 'right' },
]

function describe({ entries, bytes, limit, folder }: CacheSummary, { paint }: Terminal): string {
  const now = Date.now()
  const rows = entries.map(({ key, step, source, count, bytes: size, lastUsed }) => [
    key.slice(0, KEY_LENGTH),
    step,
    cut(printable(source), SOURCE_WIDTH),
    formatCount(count),
    formatBytes(size),
    agoText((now - Date.parse(lastUsed)) / 1000),
  ])
  const [head, ...lines] = formatTable(columns, rows)
  const total = `${formatBytes(bytes)} of at most ${formatBytes(limit)} in ${printable(shortPath(folder))}\n`
  if (rows.length === 0) return `The cache is empty.\n${total}`
  return `${[paint('dim', head!), ...lines].join('\n')}\n\n${total}`
}

const DAY = 86_400

function agoText(seconds: number): string {
  if (seconds < 60) return 'just now'
  if (seconds < DAY) return `${formatDuration(Math.floor(seconds / 60) * 60).replace(' 00 s', '')} ago`
  const days = Math.floor(seconds / DAY)
  return days === 1 ? '1 day ago' : `${formatCount(days)} days ago`
}

function keyOf(begin: string, entries: CacheSummary['entries']): string {
  const found = entries.filter(({ key }) => key.startsWith(begin))
  if (found.length === 1) return found[0]!.key
  if (found.length === 0) return fail('command-line', 'no-key', { begin, received: begin })
  return fail('command-line', 'several-keys', { begin, count: found.length, received: begin })
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}
/** Same limits as in the window. */
const SIZES = { least: 1e6, most: 1e15 }

function parseSize(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? []
  const factor = unit === undefined ? undefined : units[unit.toLowerCase()]
  const bytes = Math.round(Number(number) * (factor ?? NaN))
  if (bytes >= SIZES.least && bytes <= SIZES.most) return bytes
  return fail('command-line', 'cache-size', { size: text })
}
