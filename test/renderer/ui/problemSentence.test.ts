/** The layer's name in the sentence of a problem. */
import { describe, expect, it } from 'vitest'
import { problemSentence } from '../../../src-renderer/ui/problemSentence'

describe('the sentence of a problem', () => {
  it("has the layer's name as a separate part if the message mentions it", () => {
    expect(problemSentence('add1', 'add1: inputs differ in channels: 32 and 16.')).toEqual({
      before: '',
      name: 'add1',
      after: ': inputs differ in channels: 32 and 16.',
    })
    expect(problemSentence('conv1', 'The kernel of conv1 is larger than its input.')).toEqual({
      before: 'The kernel of ',
      name: 'conv1',
      after: ' is larger than its input.',
    })
  })

  it('begins with the name if the message does not mention the layer', () => {
    expect(problemSentence('fc1', 'Holds 97 % of all parameters.')).toEqual({
      before: '',
      name: 'fc1',
      after: ' Holds 97 % of all parameters.',
    })
  })

  it('does not mistake part of a longer name for the layer, or characters of a name for a pattern', () => {
    expect(problemSentence('conv1', 'conv10 and block.conv1 feed conv1.')).toEqual({
      before: 'conv10 and block.conv1 feed ',
      name: 'conv1',
      after: '.',
    })
    expect(problemSentence('a+b', 'Input a+b is missing.').before).toBe('Input ')
  })

  it('is only the message if there is no layer', () => {
    expect(problemSentence(undefined, 'The data is missing.')).toEqual({
      before: '',
      name: '',
      after: 'The data is missing.',
    })
  })
})
