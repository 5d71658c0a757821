/** A failure as shown in the interface. */
// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { ProblemError } from '#core/problems/problem'
import { useLanguage } from '../../../src-renderer/i18n/useLanguage'
import { failureText } from '../../../src-renderer/i18n/failureText'
import { eventually } from '../../support/eventually'

const { choice, language } = useLanguage()
afterEach(() => {
  choice.value = 'system'
})

const busy = new ProblemError([
  {
    code: 'run-busy',
    severity: 'error',
    place: {},
    message: 'Another run is in progress.',
    fix: 'Wait for its end, or stop it.',
  },
])

describe('a failure', () => {
  it('is shown with its fix, in the language of the interface', async () => {
    choice.value = 'en'
    expect(failureText(busy)).toBe('Another run is in progress. Wait for its end, or stop it.')
    choice.value = 'zh-CN'
    await eventually(() => expect(language.value).toBe('zh-CN'))
    expect(failureText(busy)).toBe('另一次训练正在进行。等它结束，或先将其停止。')
  })

  it('that is not a problem of ours is shown as is', () => {
    expect(failureText(new Error('the connection was closed'))).toBe('the connection was closed')
    expect(failureText('lost')).toBe('lost')
  })
})
