/**
 * The layer catalog as the palette shows it: by category, with the glyphs, plus the kinds that exist only in the
 * project.
 */
import type { Text } from '#core/base/text'
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, INPUT, OUTPUT } from '#core/graph/kinds'
import { findLayer, layers } from '#core/layers/index'
import { categories, type Category } from '#core/layers/layer'
import type { PlainKey } from '../../i18n/useText'
import type { LayerCategory } from '../../ui/categoryGlyphs'

/** Glyph and color of every category of the catalog. */
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

/** Block kinds are not in the layer catalog: the project itself defines them. */
export const blockKinds: Readonly<Record<string, { readonly title: PlainKey; readonly doc: PlainKey }>> = {
  [BLOCK]: { title: 'editor.kindBlock', doc: 'editor.docBlock' },
  [BLOCK_INPUT]: { title: 'editor.kindBlockInput', doc: 'editor.docBlockInput' },
  [BLOCK_OUTPUT]: { title: 'editor.kindBlockOutput', doc: 'editor.docBlockOutput' },
}

export interface PaletteLayer {
  readonly kind: string
  /** PyTorch's name, the same in every language; block kinds use a key instead. */
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

/** The groups in catalog order; a block and the outermost network allow different kinds. */
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

/** Glyph of a kind; undefined if unknown to this version. */
export function glyphOf(kind: string): LayerCategory | undefined {
  if (kind === BLOCK) return 'block'
  if (kind in blockKinds) return 'io'
  const layer = findLayer(kind)
  return layer && glyphs[layer.category]
}
