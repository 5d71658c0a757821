/** Palette layers with all their text in one language, as listed and searched. */
import { textIn } from '#core/base/text'
import type { Language } from '../../i18n/messages'
import type { useText } from '../../i18n/useText'
import type { LayerCategory } from '../../ui/categoryGlyphs'
import type { PaletteGroup } from './layerGroups'
import type { SearchableLayer } from './searchLayers'

export interface NamedLayer extends SearchableLayer {
  readonly glyph: LayerCategory
}

export function namedLayers(
  groups: readonly PaletteGroup[],
  t: ReturnType<typeof useText>['t'],
  language: Language,
): NamedLayer[] {
  return groups.flatMap((group) =>
    group.layers.map(({ kind, title, titleKey, doc }) => ({
      kind,
      title: title ?? t(titleKey!),
      category: t(group.name),
      doc: typeof doc === 'string' ? t(doc) : textIn(doc, language),
      glyph: group.glyph,
    })),
  )
}
