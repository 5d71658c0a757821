/** Suggestions: valid but improvable parts of a network, with their numbers and a verified edit. */
import { text, type Text } from '../base/text'
import type { DataFacts } from '../data/facts'
import { tryCommand } from '../graph/apply'
import { locateNode } from '../graph/blocks'
import type { Project } from '../graph/project'
import { graphAt } from '../graph/scope'
import { activation, flattening, globalPool, isFlattening } from '../layers/building'
import { findLayer } from '../layers/index'
import type { Problem } from '../problems/problem'
import { formatShape } from '../tensor/shape'
import { analyze, portsOf, type LayerReport, type NetworkReport } from '../compiler/analyze'
import { insertBefore, setting, titleOf } from './fixes/edits'
import { fixContext, fixGround, shapeInto, sourceInto, type Fix, type FixContext } from './fixes/fix'
import { problemKey } from './fixes'

export interface Suggestion {
  /** The layer it refers to, as an expanded id. */
  readonly node: string
  /** A sentence about that layer, without its name. */
  readonly message: Text
  readonly arithmetic?: string
  readonly fix: Fix
}

type Data = readonly [facts: DataFacts | undefined, sample: readonly number[] | undefined]

/** Suggestions for a network; none for a layer with an assumed shape. No suggested edit adds an error. */
export function suggestionsFor(
  project: Project,
  report: NetworkReport,
  facts?: DataFacts,
  sample?: readonly number[],
): Suggestion[] {
  const data: Data = [facts, sample]
  const ground = fixGround(project, report, facts, sample)
  return report.layers
    .filter(({ id, assumed }) => !assumed && locateNode(id).copies.every((copy) => copy === 0))
    .flatMap((layer) => {
      const context = fixContext(ground, aboutLayer(layer.id))
      return [
        ...heavyLinear(context, layer, data),
        ...idleBias(context, layer),
        ...noActivation(context, layer),
        ...linearOnImage(context, layer),
      ]
    })
    .filter(({ fix }) => addsNoError(project, report, fix, data))
}

const aboutLayer = (node: string): Problem => ({
  code: 'node-param',
  severity: 'warning',
  place: { node },
  message: '',
  fix: '',
})

function addsNoError(project: Project, report: NetworkReport, fix: Fix, [facts, sample]: Data): boolean {
  const outcome = tryCommand(project, fix.command, portsOf)
  if ('problems' in outcome || outcome.project === project) return false
  const known = new Set(report.problems.map(problemKey))
  return analyze(outcome.project, sample, facts).problems.every((problem) => known.has(problemKey(problem)))
}

/** Share of all parameters above which a single Linear layer is worth mentioning. */
const HEAVY = 0.9
/** Below this a network is small, whichever layers hold the parameters. */
const MANY = 50_000

function heavyLinear(context: FixContext, layer: LayerReport, [facts, sample]: Data): Suggestion[] {
  const { report, project } = context
  const { parameters } = report.totals
  const share = layer.parameters / parameters
  const source = sourceInto(context, layer.id)
  const place = source === undefined ? undefined : locateNode(source)
  if (mapOf(layer) !== 'dense' || parameters < MANY || share < HEAVY || source === undefined || !place) return []
  const flatten = graphAt(project.graph, place.scope)?.nodes.find(({ id }) => id === place.id)
  const before = sourceInto(context, source)
  const shape = before === undefined ? undefined : context.layer(before)?.shape
  if (flatten === undefined || !isFlattening(flatten.kind) || shape?.length !== 4) return []
  const atFlatten = fixContext(context, aboutLayer(source))
  const label = text(`Insert global pooling before ${flatten.id}`, `在 ${flatten.id} 前插入全局池化`)
  const [fix] = insertBefore(atFlatten, 'x', [globalPool], label)
  const outcome = fix && tryCommand(project, fix.command, portsOf)
  if (!fix || !outcome || 'problems' in outcome) return []
  const left = analyze(outcome.project, sample, facts).totals.parameters
  const percent = Math.floor(share * 100)
  return [
    {
      node: layer.id,
      message: text(
        `Holds ${percent} % of all parameters; with global pooling, ${grouped(left)} would remain in total.`,
        `占全部参数的 ${percent}%；改用全局池化后总共剩 ${grouped(left)} 个。`,
      ),
      arithmetic: `${arithmeticOf(layer)} = ${grouped(layer.parameters)} / ${grouped(parameters)}`,
      fix,
    },
  ]
}

const arithmeticOf = ({ weights }: LayerReport): string =>
  weights.map(({ shape }) => shape.toReversed().join(' × ')).join(' + ')

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

const mapOf = ({ kind }: LayerReport) => findLayer(kind)?.linearMap

/** Whether the layer multiplies its input by weights that it learns. */
const isWeighted = (layer: LayerReport): boolean => mapOf(layer) === 'dense' || mapOf(layer) === 'convolution'

/** Batch normalization subtracts the mean, and with it any constant added before. */
function idleBias(context: FixContext, layer: LayerReport): Suggestion[] {
  const { node, expanded } = context
  const readers = expanded.edges.filter(({ from }) => from === layer.id).map(({ to }) => context.layer(to))
  const [norm] = readers
  if (!node || !isWeighted(layer) || node.params.bias === false || readers.length !== 1) return []
  if (norm === undefined || !findLayer(norm.kind)?.centersChannels) return []
  const name = locateNode(norm.id).id
  const bias = layer.weights.find((weight) => weight.name.endsWith('.bias'))
  return [
    {
      node: layer.id,
      message: text(
        `Its bias has no effect because ${name} subtracts it with the mean.`,
        `它的偏置不起作用：${name} 会随均值将其减去。`,
      ),
      ...(bias && { arithmetic: `bias ${formatShape(bias.shape)}` }),
      fix: setting(context, node.id, 'bias', false),
    },
  ]
}

/** Two linear maps in sequence are one linear map, even with other linear layers between them. */
function noActivation(context: FixContext, layer: LayerReport): Suggestion[] {
  const { node } = context
  const before = isWeighted(layer) ? weightedBefore(context, layer.id) : undefined
  if (!node || !before) return []
  if (isNarrow(context, layer) || isNarrow(context, before)) return []
  const name = locateNode(before.id).id
  const title = titleOf(activation.kind)
  const label = text(`Insert ${title} before ${node.id}`, `在 ${node.id} 前插入 ${title}`)
  const [fix] = insertBefore(context, 'x', [activation], label)
  return fix
    ? [
        {
          node: layer.id,
          message: text(
            `Follows ${name} without an activation in between, so the two act as one linear layer.`,
            `与 ${name} 之间没有激活，两层合起来等同于一个线性层。`,
          ),
          fix,
        },
      ]
    : []
}

/** The layer with weights that the layer reads, at once or through layers that leave a linear map one; normalization counts as it is after training. */
function weightedBefore(context: FixContext, id: string): LayerReport | undefined {
  for (let source = sourceInto(context, id); source !== undefined; source = sourceInto(context, source)) {
    const layer = context.layer(source)
    if (layer === undefined || isWeighted(layer)) return layer
    if (mapOf(layer) !== 'fixed') return undefined
  }
  return undefined
}

/**
 * Linear acts on the last axis only: after an image it mixes the pixels of a row, and shares its weights between all
 * rows and channels.
 */
function linearOnImage(context: FixContext, layer: LayerReport): Suggestion[] {
  const { node } = context
  const shape = shapeInto(context, layer.id)
  if (!node || mapOf(layer) !== 'dense' || shape?.length !== 4) return []
  const [fix] = insertBefore(context, 'x', [flattening])
  const [, channels, height, width] = shape
  return fix
    ? [
        {
          node: layer.id,
          message: text(
            `Its input is an image, but it sees only one row of ${width} pixels at a time; with Flatten before it, it sees the whole image.`,
            `输入是图像，每次只看到一行的 ${width} 个像素；在它前面加 Flatten 后可看到整张图像。`,
          ),
          arithmetic: `${channels} × ${height} × ${width} = ${grouped(Number(channels) * Number(height) * Number(width))}`,
          fix,
        },
      ]
    : []
}

/** Depthwise and 1×1 convolutions are meant to follow each other. */
function isNarrow(context: FixContext, layer: LayerReport): boolean {
  const { id, weights } = layer
  const [weight] = weights
  const channels = Number(shapeInto(context, id)?.[1] ?? 0)
  return (
    mapOf(layer) === 'convolution' &&
    (weight === undefined ||
      (weight.shape[1] === 1 && channels > 1) ||
      weight.shape.slice(2).every((size) => size === 1))
  )
}
