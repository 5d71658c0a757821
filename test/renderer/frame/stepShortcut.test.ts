/** Alt plus a digit opens the steps in the order of the rail. */
import { describe, expect, it } from 'vitest'
import { stepShortcut } from '../../../src-renderer/frame/stepShortcut'
import type { ScreenEntry } from '../../../src-renderer/frame/screens'

const entry = (name: string, place: ScreenEntry['place']): ScreenEntry => ({
  name,
  place,
  label: 'frame.model',
  icon: {},
})

describe('step shortcuts', () => {
  it('count only the steps, up to nine', () => {
    const steps = Array.from({ length: 10 }, (_, index) => entry(`step ${index}`, 'step'))
    const entries = [entry('start', 'start'), ...steps, entry('runs', 'record'), entry('help', 'foot')]
    expect(entries.map((screen) => stepShortcut(entries, screen))).toEqual([
      undefined,
      'Alt+1',
      'Alt+2',
      'Alt+3',
      'Alt+4',
      'Alt+5',
      'Alt+6',
      'Alt+7',
      'Alt+8',
      'Alt+9',
      undefined,
      undefined,
      undefined,
    ])
  })
})
