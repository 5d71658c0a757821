/** The layer catalogue as the palette shows it: by category, with the glyphs, and the kinds that only the document knows. */
import type { Text } from '#core/base/text'
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, INPUT, OUTPUT } from '#core/graph/kinds'
import { findLayer, layers } from '#core/layers/index'
import { categories, type Category } from '#core/layers/layer'
import type { PlainKey } from '../../i18n/useText'
import type { LayerCategory } from '../../ui/categoryGlyphs'

/** Glyph and colour of every category of the catalogue. */
export const glyphs: Readonly<Record<Category, LayerCategory>> = {
  io: 'io',
  convolution: 'conv',
  linear: 'linear',
  embedding: 'embed',
  pooling: 'pool',
  activation: 'act',
  normalization: 'norm',
  regularization: 'reg',
  shape: 'shape',
  combine: 'combine',
}

const categoryNames: Readonly<Record<Category, PlainKey>> = {
  io: 'editor.categoryIo',
  convolution: 'editor.categoryConvolution',
  linear: 'editor.categoryLinear',
  embedding: 'editor.categoryEmbedding',
  pooling: 'editor.categoryPooling',
  activation: 'editor.categoryActivation',
  normalization: 'editor.categoryNormalization',
  regularization: 'editor.categoryRegularization',
  shape: 'editor.categoryShape',
  combine: 'editor.categoryCombine',
}

/** Block kinds are no layers of the catalogue: the document itself gives them their meaning. */
export const blockKinds: Readonly<Record<string, { readonly title: PlainKey; readonly doc: PlainKey }>> = {
  [BLOCK]: { title: 'editor.kindBlock', doc: 'editor.docBlock' },
  [BLOCK_INPUT]: { title: 'editor.kindBlockInput', doc: 'editor.docBlockInput' },
  [BLOCK_OUTPUT]: { title: 'editor.kindBlockOutput', doc: 'editor.docBlockOutput' },
}

export interface PaletteLayer {
  readonly kind: string
  /** PyTorch's name, the same in every language; block kinds have a key in its place. */
  readonly title: string | null
  readonly titleKey?: PlainKey
  readonly doc: Text | PlainKey
}

export interface PaletteGroup {
  readonly id: Category | 'block'
  readonly name: PlainKey
  readonly glyph: LayerCategory
  readonly layers: readonly PaletteLayer[]
}

/** The groups in the order of the catalogue; what a block can hold is not what the outermost network can. */
export function paletteGroups(inBlock: boolean): readonly PaletteGroup[] {
  const rim: readonly string[] = inBlock ? [INPUT, OUTPUT] : []
  const groups = categories.map((category): PaletteGroup => {
    const kinds = layers.filter((layer) => layer.category === category && !rim.includes(layer.kind))
    return {
      id: category,
      name: categoryNames[category],
      glyph: glyphs[category],
      layers: kinds.map(({ kind, title, doc }) => ({ kind, title, doc })),
    }
  })
  const blocks = [BLOCK, ...(inBlock ? [BLOCK_INPUT] : [])].map((kind) => ({
    kind,
    title: null,
    titleKey: blockKinds[kind]!.title,
    doc: blockKinds[kind]!.doc,
  }))
  return [
    ...groups.filter((group) => group.layers.length > 0),
    { id: 'block', name: 'editor.categoryBlock', glyph: 'block', layers: blocks },
  ]
}

/** Glyph of a kind; undefined where this version does not know it. */
export function glyphOf(kind: string): LayerCategory | undefined {
  if (kind === BLOCK) return 'block'
  if (kind in blockKinds) return 'io'
  const layer = findLayer(kind)
  return layer && glyphs[layer.category]
}
