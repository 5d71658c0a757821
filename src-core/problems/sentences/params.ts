/** What `checkParams` reports, for every code that it reports under. */
import { text } from '../../base/text'
import type { Sentences } from './form'

export const paramCases = {
  unknown: {
    message: text('{owner} has no parameter “{name}”.', '{owner} 没有参数“{name}”。'),
    expected: '{known|list}',
    received: '{name}',
    fix: text('{near|guess}Remove “{name}” or correct its name.', '{near|guess}移除“{name}”，或改正其名称。'),
  },
  value: {
    message: text('“{title}” of {owner} must be {type|spec}.', '{owner} 的“{title}”须为{type|spec}。'),
    expected: '{type|spec}',
    received: '{received|word}',
    fix: text(
      'Set “{title}” to {type|spec}; the default is {default}.',
      '将“{title}”设为{type|spec}；默认值为 {default}。',
    ),
  },
} as const satisfies Readonly<Record<string, Sentences>>
