/** The parts and draws of a tile in the UI language, with class names. */
import { computed } from 'vue'
import type { AugmentPreview } from '#core/rpc/contract/augment'
import { inLanguage, useText } from '../i18n/useText'
import { useData } from '../stores/dataStore'
import { useAugmentPreview } from './previewStore'
import { briefWords, partsOf, wordsOf } from './tileText'

export function useTileTexts() {
  const { format } = useText()
  const data = useData()
  const preview = useAugmentPreview()

  /** For a dataset other than the project's, only the class codes are known here. */
  const classes = computed(() => {
    if (preview.mode === 'replay' && !preview.replay.ofThisData) return null
    const target = data.shown?.facts.target
    return target?.kind === 'classes' ? target.classes : null
  })

  const labelOf = (target: number): string => classes.value?.[target] ?? format.figure(target)

  /** The labels of a tile, with their proportions if samples are mixed. */
  function labeledParts(shown: AugmentPreview, row: number): readonly { label: string; share: string }[] {
    const parts = partsOf(shown, row)
    const isMixed = parts.length > 1
    return parts.map(({ target, share }) => ({
      label: labelOf(target),
      share: isMixed ? format.percent(share, 0) : '',
    }))
  }

  /** `3`, or `3 72 % + 8 28 %` if samples are mixed. */
  function targetOf(shown: AugmentPreview, row: number): string {
    return labeledParts(shown, row)
      .map(({ label, share }) => `${label} ${share}`.trimEnd())
      .join(' + ')
  }

  const drawnOf = (shown: AugmentPreview, row: number): string => wordsOf(shown, row).map(inLanguage).join(' · ')

  const briefOf = (shown: AugmentPreview, row: number): string =>
    briefWords(wordsOf(shown, row)).map(inLanguage).join(' ')

  return { labelOf, labeledParts, targetOf, drawnOf, briefOf }
}
