/** Watchers of the language find its texts already active. */
// @vitest-environment happy-dom
import { expect, it, onTestFinished } from 'vitest'
import { watch } from 'vue'
import { loadAllTexts } from '../../../src-renderer/i18n/useLanguage'
import { useText } from '../../../src-renderer/i18n/useText'

it('gives watchers of the language its texts', async () => {
  const { t, language, choice } = useText()
  onTestFinished(() => void (choice.value = 'en'))
  choice.value = 'en'
  await loadAllTexts()
  const said: string[] = []
  onTestFinished(watch(language, () => said.push(t('editor.classCount', { n: 10 })), { flush: 'sync' }))
  choice.value = 'zh-CN'
  choice.value = 'en'
  expect(said).toEqual(['10 类', '10 classes'])
})
