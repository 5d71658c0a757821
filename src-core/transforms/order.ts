/** The order of a project's steps in training and in evaluation, for display. */
import { findTransform } from './index'
import type { TransformStep } from './transformList'

export interface OrderedStep {
  /** Position in the project's list. */
  readonly index: number
  readonly kind: string
  /** The name of the operation, as in torchvision. */
  readonly title: string
  /** `instead`: the replacement for a random step that changes the size. */
  readonly how: 'always' | 'random' | 'instead'
}

/** Every enabled step, in the order of the list. */
export function trainingOrder(list: readonly TransformStep[]): OrderedStep[] {
  return known(list).map(({ index, definition: { kind, title, random } }) => ({
    index,
    kind,
    title,
    how: random ? 'random' : 'always',
  }))
}

/** The same without random steps; one that changes the size is replaced by something fixed. */
export function evaluationOrder(list: readonly TransformStep[]): OrderedStep[] {
  return known(list).flatMap(({ index, definition: { kind, title, random, evaluation } }): OrderedStep[] => {
    if (evaluation) return [{ index, kind, title: evaluation.title, how: 'instead' }]
    return random ? [] : [{ index, kind, title, how: 'always' }]
  })
}

function known(list: readonly TransformStep[]) {
  return list.flatMap(({ kind, enabled }, index) => {
    const definition = findTransform(kind)
    return enabled && definition ? [{ index, definition }] : []
  })
}
