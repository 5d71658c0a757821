/** In which order the steps of a project are done, in training and in evaluation, for a person to see. */
import { findTransform } from './index'
import type { TransformStep } from './transformList'

export interface OrderedStep {
  /** Place in the project's list. */
  readonly index: number
  readonly kind: string
  /** What is done: torchvision's name. */
  readonly title: string
  /** `instead`: what stands in for a random step that changes the size. */
  readonly how: 'always' | 'random' | 'instead'
}

/** Every step that is switched on, in the order of the list. */
export function trainingOrder(list: readonly TransformStep[]): OrderedStep[] {
  return known(list).map(({ index, definition: { kind, title, random } }) => ({
    index,
    kind,
    title,
    how: random ? 'random' : 'always',
  }))
}

/** The same without what is random, which for a step that changes the size has something fixed in its place. */
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
