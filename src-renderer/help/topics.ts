/** The help topics with their messages: one per workflow step, and one on reading the curves. */
import type { PlainKey } from '../i18n/useText'

export interface HelpTopic {
  readonly name: string
  readonly title: PlainKey
  /** Name of the screen it belongs to. */
  readonly screen: string
  readonly what: PlainKey
  readonly why: PlainKey
  readonly choose: readonly PlainKey[]
  readonly avoid: PlainKey
}

export const helpTopics = [
  {
    name: 'data',
    title: 'frame.data',
    screen: 'data',
    what: 'help.data.what',
    why: 'help.data.why',
    choose: [
      'help.data.choose1',
      'help.data.choose2',
      'help.data.choose3',
      'help.data.choose4',
      'help.data.choose5',
      'help.data.choose6',
      'help.data.choose7',
      'help.data.choose8',
      'help.data.choose9',
    ],
    avoid: 'help.data.avoid',
  },
  {
    name: 'augment',
    title: 'frame.augment',
    screen: 'augment',
    what: 'help.augment.what',
    why: 'help.augment.why',
    choose: [
      'help.augment.choose1',
      'help.augment.choose2',
      'help.augment.choose3',
      'help.augment.choose4',
      'help.augment.choose5',
      'help.augment.choose6',
      'help.augment.choose7',
    ],
    avoid: 'help.augment.avoid',
  },
  {
    name: 'model',
    title: 'frame.model',
    screen: 'model',
    what: 'help.model.what',
    why: 'help.model.why',
    choose: [
      'help.model.choose1',
      'help.model.choose2',
      'help.model.choose3',
      'help.model.choose4',
      'help.model.choose5',
    ],
    avoid: 'help.model.avoid',
  },
  {
    name: 'train',
    title: 'frame.train',
    screen: 'train',
    what: 'help.train.what',
    why: 'help.train.why',
    choose: [
      'help.train.choose1',
      'help.train.choose2',
      'help.train.choose3',
      'help.train.choose4',
      'help.train.choose5',
      'help.train.choose6',
    ],
    avoid: 'help.train.avoid',
  },
  {
    name: 'curves',
    title: 'help.curvesTitle',
    screen: 'train',
    what: 'help.curves.what',
    why: 'help.curves.why',
    choose: [
      'help.curves.choose1',
      'help.curves.choose2',
      'help.curves.choose3',
      'help.curves.choose4',
      'help.curves.choose5',
    ],
    avoid: 'help.curves.avoid',
  },
  {
    name: 'evaluate',
    title: 'frame.evaluate',
    screen: 'evaluate',
    what: 'help.evaluate.what',
    why: 'help.evaluate.why',
    choose: ['help.evaluate.choose1', 'help.evaluate.choose2', 'help.evaluate.choose3', 'help.evaluate.choose4'],
    avoid: 'help.evaluate.avoid',
  },
  {
    name: 'tune',
    title: 'frame.tune',
    screen: 'tune',
    what: 'help.tune.what',
    why: 'help.tune.why',
    choose: ['help.tune.choose1', 'help.tune.choose2', 'help.tune.choose3', 'help.tune.choose4'],
    avoid: 'help.tune.avoid',
  },
  {
    name: 'infer',
    title: 'frame.infer',
    screen: 'infer',
    what: 'help.infer.what',
    why: 'help.infer.why',
    choose: ['help.infer.choose1', 'help.infer.choose2', 'help.infer.choose3', 'help.infer.choose4'],
    avoid: 'help.infer.avoid',
  },
  {
    name: 'export',
    title: 'frame.export',
    screen: 'export',
    what: 'help.export.what',
    why: 'help.export.why',
    choose: ['help.export.choose1', 'help.export.choose2', 'help.export.choose3'],
    avoid: 'help.export.avoid',
  },
  {
    name: 'runs',
    title: 'frame.runs',
    screen: 'runs',
    what: 'help.runs.what',
    why: 'help.runs.why',
    choose: ['help.runs.choose1', 'help.runs.choose2', 'help.runs.choose3'],
    avoid: 'help.runs.avoid',
  },
] as const satisfies readonly HelpTopic[]

export type HelpTopicName = (typeof helpTopics)[number]['name']
