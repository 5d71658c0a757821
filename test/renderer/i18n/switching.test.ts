/** Whoever watches the language finds its texts in force. */
// @vitest-environment happy-dom
import { expect, it, onTestFinished } from 'vitest'
import { watch } from 'vue'
import { loadAllTexts } from '../../../src-renderer/i18n/useLanguage'
import { useText } from '../../../src-renderer/i18n/useText'

it('gives the texts of a language to those who watch it', async () => {
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
