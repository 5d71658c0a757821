/** The second line of a card in the user's language: layers provide it in short English parts, `16 · 3×3 · pad 1`. */
import { textIn } from '#core/base/text'
import { INPUT, OUTPUT, isBlock } from '#core/graph/kinds'
import type { GraphNode, Project } from '#core/graph/project'
import type { DataFacts } from '#core/data/facts'
import { findLayer } from '#core/layers/index'
import type { LayerDefinition } from '#core/layers/layer'
import { findLoss } from '#core/losses/index'
import { checkParams } from '#core/params/params'
import { formatShape } from '#core/tensor/shape'
import type { Language } from '../../i18n/messages'
import type { useText } from '../../i18n/useText'

type Translate = ReturnType<typeof useText>['t']

export interface SummaryContext {
  readonly t: Translate
  readonly language: Language
  readonly project: Project
  readonly sample: readonly number[] | undefined
  readonly facts: DataFacts | undefined
}

/** A node's key settings on one line; empty if there is nothing to say. */
export function summaryText(node: GraphNode, context: SummaryContext): string {
  if (isBlock(node)) return blockText(node, context.t)
  if (node.kind === OUTPUT) return answerText(context)
  const layer = findLayer(node.kind)
  if (layer === undefined) return ''
  const { values } = checkParams(layer.params, node.params, node.id, {})
  const text = layer.summary?.(values) ?? ''
  if (node.kind === INPUT && text === '')
    return context.sample === undefined ? context.t('editor.shapeFromData') : formatShape(context.sample)
  const counted = countedWidth(layer, values)
  return text
    .split(' · ')
    .filter((part) => part !== '')
    .map((part, index) =>
      index === 0 && part === counted?.value ? counted.text(context.t) : partText(part, context.t),
    )
    .join(' · ')
}

/** `3 layers · ×4`, or without the repeat count if there is one copy. */
function blockText(block: GraphNode, t: Translate): string {
  const inner = block.graph?.nodes.filter((node) => node.kind !== 'block-input' && node.kind !== 'block-output')
  const layers = t('editor.layerCount', { n: inner?.length ?? 0 })
  const repeat = block.repeat ?? 1
  return repeat > 1 ? `${layers} · ×${repeat}` : layers
}

/** `10 classes · cross-entropy`. */
function answerText({ t, language, project, facts }: SummaryContext): string {
  const target = facts?.target
  const title = findLoss(project.training.loss.kind)?.title
  const loss = title === undefined ? project.training.loss.kind : textIn(title, language)
  if (target === undefined) return loss
  const answer =
    target.kind === 'classes'
      ? t('editor.classCount', { n: target.classes.length })
      : t('editor.numberCount', { n: target.size })
  return `${answer} · ${loss}`
}

interface Counted {
  readonly value: string
  readonly text: (t: Translate) => string
}

/** The width that a layer's summary begins with, so that it reads `16 filters` and not `16`. */
function countedWidth(
  { width, linearMap }: LayerDefinition,
  values: Readonly<Record<string, unknown>>,
): Counted | undefined {
  const n = typeof width === 'object' ? values[width.param] : undefined
  if (typeof n !== 'number') return undefined
  const isFilters = linearMap === 'convolution'
  return { value: String(n), text: (t) => t(isFilters ? 'editor.filterCount' : 'editor.unitCount', { n }) }
}

/** `3×3` is shortened to `3` where a word says what it is. */
function square(size: string): string {
  const [height, width] = size.split('×')
  return height === width ? (height ?? size) : size
}

function partText(part: string, t: Translate): string {
  const [word = '', rest = ''] = part.split(' ')
  if (part.startsWith('/')) return t('editor.partStride', { size: square(part.slice(1)) })
  if (word === 'pad') return t('editor.partPadding', { size: rest === 'same' ? t('editor.same') : square(rest) })
  if (word === 'axis') return t('editor.partAxis', { axis: rest })
  return part
}
