/**
 * Detects which folders are splits or parts of a dataset and not classes, by their names and contents. Opens no files.
 */

import { splitNames, type SplitName } from '#core/data/split'

/** The role of a top-level folder. */
export type FolderRole = SplitName | 'ignored'

/** A top-level folder with its subfolders. */
export interface TopFolder {
  readonly name: string
  readonly inner: readonly string[]
  /** Whether it directly contains files of the accepted kind, not only in subfolders. */
  readonly hasFiles: boolean
}

export interface SplitLevel {
  readonly roles: Readonly<Record<string, FolderRole>>
  /** Why it may be otherwise; absent if the names are clear. */
  readonly doubt?: 'parts' | 'classes'
}

const words: Readonly<Record<SplitName, string>> = {
  train: 'train|training|trn|训练',
  validation: 'val|valid|validate|validation|validating|dev|develop|development|eval|evaluation|验证',
  test: 'test|testing|tst|holdout|测试',
}
/** What can be joined to such a word. */
const beside = '(?:set|data|dataset|images?|imgs?|samples?|files?|split|集)'
const patterns = splitNames.map((split) => ({
  split,
  pattern: new RegExp(`^(?:${beside})?(?:${words[split]})(?:${beside})?$`, 'u'),
}))
const unlabelled = /^(un-?label+ed|un-?label|no-?labels?|unsup|unsupervised|unannotated)$/

/** The words of a name in lower case, without digits: `Train2017_images` are `train` and `images`. */
function wordsOf(name: string): string[] {
  const spaced = name.normalize('NFC').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  return spaced
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
}

/** The split that a name starts or ends with; undefined if it names none, or two. */
export function splitOfName(name: string): SplitName | undefined {
  const all = wordsOf(name)
  const ends = new Set([all[0], all.at(-1)])
  const said = patterns.filter(({ pattern }) => [...ends].some((word) => word !== undefined && pattern.test(word)))
  return said.length === 1 ? said[0]!.split : undefined
}

/** The roles specified by the user; undefined if all folders are classes. */
export function saidLevel(roles: SplitLevel['roles']): SplitLevel | undefined {
  return Object.keys(roles).length === 0 ? undefined : { roles }
}

/** Whether the folders have the names of splits but no subfolders: their classes are missing. */
export function lacksClasses(folders: readonly TopFolder[]): boolean {
  const splits = folders.map(({ name, inner }) => (inner.length === 0 ? splitOfName(name) : undefined))
  return splits.includes('train') && !splits.includes(undefined)
}

/** Whether a name indicates that the files have no labels. */
export function isUnlabeled(name: string): boolean {
  const joined = wordsOf(name)
  return joined.some((word) => unlabelled.test(word)) || unlabelled.test(joined.join('-'))
}

/** Minimum share of class names that two parts of one dataset have in common. */
const SHARED = 0.5

const key = (name: string): string => name.normalize('NFC').toLowerCase()

function sharesClasses(a: TopFolder, b: TopFolder): boolean {
  const names = new Set(a.inner.map(key))
  const shared = b.inner.filter((name) => names.has(key(name))).length
  return shared >= 2 && shared >= SHARED * Math.min(a.inner.length, b.inner.length)
}

/** Names that only enumerate: `fold1` and `fold2`, `A` and `B`, `2019` and `2020`. */
function areCounted(names: readonly string[]): boolean {
  const stems = new Set(
    names.map((name) =>
      wordsOf(name)
        .filter((word) => word.length > 1)
        .join(' '),
    ),
  )
  return stems.size === 1
}

/**
 * The roles of the folders of a split level; undefined if they are classes. A folder with the name of a split counts as
 * one only if it has subfolders, because it may be a class: a train is a vehicle.
 */
export function decideSplits(folders: readonly TopFolder[]): SplitLevel | undefined {
  const holding = folders.filter(({ inner }) => inner.length > 0)
  const named = new Map(
    holding.map((folder) => [folder.name, isUnlabeled(folder.name) ? undefined : splitOfName(folder.name)]),
  )
  const has = (split: SplitName) => [...named.values()].includes(split)
  const repeating = holding.filter((folder) =>
    holding.some((other) => other !== folder && sharesClasses(folder, other)),
  )
  if (has('train')) {
    const saysNothing = (folder: TopFolder) => named.get(folder.name) === undefined && !isUnlabeled(folder.name)
    const isDoubtful = repeating.some(saysNothing)
    return { roles: rolesOf(folders, (name) => named.get(name) ?? 'ignored'), ...(isDoubtful && { doubt: 'parts' }) }
  }
  const isLevel = repeating.length > 1 && repeating.every(({ hasFiles }) => !hasFiles)
  if (!isLevel) return undefined
  const parts = new Set(repeating.map(({ name }) => name))
  const roleOf = (name: string) => (parts.has(name) && !isUnlabeled(name) ? (named.get(name) ?? 'train') : 'ignored')
  const roles = rolesOf(folders, roleOf)
  if (!Object.values(roles).includes('train')) return undefined
  if (has('validation') || has('test')) return { roles }
  const others = folders.filter(({ name }) => !parts.has(name) && !isUnlabeled(name))
  if (others.length > 0 || !areCounted([...parts])) return { roles, doubt: 'classes' }
  return { roles, doubt: 'parts' }
}

function rolesOf(folders: readonly TopFolder[], roleOf: (name: string) => FolderRole): Record<string, FolderRole> {
  return Object.fromEntries(folders.map(({ name }) => [name, roleOf(name)]))
}
