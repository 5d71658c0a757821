/** Lowers the transforms of a run into a graph: from prepared samples to the network's input. */
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import type { ParamSpecs, ParamValues } from '../params/params'
import type { Dim } from '../tensor/shape'
import { partSizes } from './batchParts'
import type { DrawPlan } from './draws/draws'
import { floatPixels, settledPixels, type Image } from './pixels/image'
import type { TransformContext } from './transform'
import { definitionOf, type FittedTransform, type FittedTransforms } from './transformList'

export interface TransformOptions {
  readonly target: Target
  readonly batch: Dim
  /** In training: the plan of the draws, and the draws [batch, plan.width] if there are any. */
  readonly drawing?: { readonly plan: DrawPlan; readonly draws: Value | undefined }
  /** Never splits a batch into parts. */
  readonly whole?: boolean
}

export interface Transformed {
  /** float32 [batch, …shape] */
  readonly fed: Value
  /**
   * By offset in the batch (0, 1, …), the share [batch, 1, 1, 1] of that target in the mixed targets; absent if none
   * are mixed.
   */
  readonly shares?: readonly Value[]
  /** Images after each fitted step, if requested. */
  readonly stages: readonly Image[]
}

/** `samples` are [batch, …prepared shape], bytes for images. */
export function lowerTransforms(
  b: GraphBuilder,
  samples: Value,
  { steps }: FittedTransforms,
  { target, batch, drawing, whole = false }: TransformOptions,
): Transformed {
  let image: Image = { pixels: samples }
  let shares: readonly Value[] | undefined
  const stages: Image[] = []
  const mixTargets = (share: Value): void => void (shares = mixedShares(b, shares, share))
  for (const group of groupsOf(steps)) {
    const part: Part = { image, batch, draws: drawing?.draws }
    const options: StepOptions = { target, whole, plan: drawing?.plan, mixTargets }
    const images = lowerGroup(b, group, part, options)
    stages.push(...images)
    image = images.at(-1)!
  }
  const fed = b.within('transforms', () => floatPixels(b, image))
  return { fed, stages, ...(shares && { shares }) }
}

interface PlacedStep {
  readonly step: FittedTransform
  /** Index among all fitted steps. */
  readonly index: number
}

/** A batch, or part of its samples. */
interface Part {
  readonly image: Image
  readonly batch: Dim
  readonly draws: Value | undefined
}

interface StepOptions {
  readonly target: Target
  readonly whole: boolean
  /** Absent in evaluation. */
  readonly plan: DrawPlan | undefined
  readonly mixTargets: (share: Value) => void
}

const isMixing = (step: FittedTransform): boolean => definitionOf(step).group === 'mixing'

/** Consecutive steps that process every sample independently; a step that mixes samples forms its own group. */
function groupsOf(steps: readonly FittedTransform[]): PlacedStep[][] {
  const groups: PlacedStep[][] = []
  steps.forEach((step, index) => {
    const before = groups.at(-1)?.at(-1)?.step
    if (before === undefined || isMixing(step) || isMixing(before)) groups.push([])
    groups.at(-1)!.push({ step, index })
  })
  return groups
}

/** The images after each step of the group. */
function lowerGroup(b: GraphBuilder, group: readonly PlacedStep[], whole: Part, options: StepOptions): Image[] {
  const steps = group.map(({ step }) => step)
  const sizes = options.whole || steps.some(isMixing) ? null : partSizes(whole.batch, steps, options.target)
  if (sizes === null) return lowerSteps(b, group, whole, options)
  const parts = b.Split(settledPixels(b, whole.image), sizes, { axis: 0 })
  const draws = whole.draws && b.Split(whole.draws, sizes, { axis: 0 })
  const done = parts.map((pixels, i) =>
    lowerSteps(b, group, { image: { pixels }, batch: sizes[i]!, draws: draws?.[i] }, options),
  )
  return group.map((_, at) => {
    const isLast = at === group.length - 1
    const pixels = done.map((images) => (isLast ? floatPixels : settledPixels)(b, images[at]!))
    return { pixels: b.Concat(pixels, { axis: 0 }) }
  })
}

function lowerSteps(b: GraphBuilder, group: readonly PlacedStep[], part: Part, options: StepOptions): Image[] {
  const { plan, target, mixTargets } = options
  const stages: Image[] = []
  let { image } = part
  for (const { step, index } of group) {
    const definition = definitionOf(step)
    const drawn = plan?.steps.find((candidate) => candidate.index === index)
    const lowered = definition.random && !drawn ? definition.evaluation : definition
    if (lowered)
      b.within(step.kind, () => {
        const context: TransformContext<ParamValues<ParamSpecs>> = {
          b,
          image,
          params: step.params,
          shape: step.from,
          target,
          batch: part.batch,
          fitted: step.fitted,
          get draws() {
            return b.Slice(part.draws!, [drawn!.offset], [drawn!.offset + drawn!.width], [1])
          },
          mixTargets,
        }
        image = lowered.lower(context)
      })
    stages.push(image)
  }
  return stages
}

/** Mixing already mixed targets: a share s of the sample's own mixture, and the rest of the previous sample's. */
function mixedShares(b: GraphBuilder, before: readonly Value[] | undefined, share: Value): Value[] {
  const rest = b.Sub(b.scalar(1), share)
  if (!before) return [share, rest]
  const [kept, moved] = [before.map((value) => b.Mul(value, share)), before.map((value) => b.Mul(value, rest))]
  return [kept[0]!, ...kept.slice(1).map((value, i) => b.Add(value, moved[i]!)), moved.at(-1)!]
}
