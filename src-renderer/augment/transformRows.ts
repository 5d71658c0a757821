/** The project's transforms as the list shows them, and edits of the list. */
import type { Project } from '#core/graph/project'
import type { TransformChoice } from '#core/graph/transformSettings'
import { checkTransforms } from '#core/transforms/transformList'
import { findTransform, transforms } from '#core/transforms/index'
import { transformGroups, type TransformDefinition, type TransformGroup } from '#core/transforms/transform'
import type { Problem } from '#core/problems/problem'

export type Transforms = Project['transforms']

export interface TransformRow {
  readonly choice: TransformChoice
  /** Undefined for kinds unknown to this version. */
  readonly definition: TransformDefinition | undefined
  /** Probability of the step; null if it always runs. */
  readonly probability: number | null
  readonly problems: readonly Problem[]
}

/** `shape` is that of a prepared sample; without it nothing is validated. */
export function transformRows(list: Transforms, shape: readonly number[] | undefined): TransformRow[] {
  const problems = shape === undefined ? [] : checkTransforms(list, shape).problems
  return list.map((choice, place) => {
    const definition = findTransform(choice.kind)
    return {
      choice,
      definition,
      probability: probabilityOf(choice, definition),
      problems: problems.filter(({ place: { param = '' } }) => isOf(param, place)),
    }
  })
}

const isOf = (param: string, place: number): boolean =>
  param === `transforms.${place}` || param.startsWith(`transforms.${place}.`)

function probabilityOf(choice: TransformChoice, definition: TransformDefinition | undefined): number | null {
  const spec = definition?.random && definition.params.p
  if (spec?.type !== 'real') return null
  return typeof choice.p === 'number' ? choice.p : spec.default
}

/** The catalog grouped by what the steps do, in catalog order. */
export function groupedTransforms(): readonly {
  readonly group: TransformGroup
  readonly members: readonly TransformDefinition[]
}[] {
  const all: readonly TransformDefinition[] = transforms
  return transformGroups.map((group) => ({ group, members: all.filter((candidate) => candidate.group === group) }))
}

const groupOf = ({ kind }: TransformChoice): TransformGroup | undefined => findTransform(kind)?.group

/**
 * The list with a step inserted where it belongs: Normalize ends the 0 to 1 pixel range, which most steps need, and
 * whole samples are
 * mixed at the very end.
 */
export function withAdded(list: Transforms, added: TransformDefinition): { list: Transforms; place: number } {
  const behind: readonly (TransformGroup | undefined)[] =
    added.group === 'mixing' ? [] : added.group === 'scale' ? ['mixing'] : ['scale', 'mixing']
  const found = list.findIndex((step) => behind.includes(groupOf(step)))
  const place = found === -1 ? list.length : found
  return { list: list.toSpliced(place, 0, { kind: added.kind, enabled: true }), place }
}

export function withMoved(list: Transforms, from: number, to: number): Transforms {
  const moved = list[from]
  return moved === undefined ? list : list.toSpliced(from, 1).toSpliced(to, 0, moved)
}

export function withDuplicate(list: Transforms, place: number): Transforms {
  const copied = list[place]
  return copied === undefined ? list : list.toSpliced(place + 1, 0, structuredClone(copied))
}

/** Whether any random step is enabled: if none is, every epoch shows the network the same images. */
export function augments(list: Transforms): boolean {
  return list.some(({ kind, enabled }) => enabled && findTransform(kind)?.random !== undefined)
}
