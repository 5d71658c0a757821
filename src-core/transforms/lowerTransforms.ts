/** Writes the transforms of a run into a graph: prepared samples in, what the network is fed out. */
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import type { ParamSpecs, ParamValues } from '../params/params'
import type { Dim } from '../tensor/shape'
import type { DrawPlan } from './draws'
import { floatPixels, type Image } from './image'
import type { ImageShape, LowerContext } from './transform'
import { definitionOf, type FittedTransforms } from './transformList'

export interface TransformOptions {
  readonly target: Target
  readonly batch: Dim
  /** In training: the plan of the draws, and the draws [batch, plan.width] where there are any. */
  readonly drawing?: { readonly plan: DrawPlan; readonly draws: Value | undefined }
}

export interface Transformed {
  /** float32 [batch, …shape] */
  readonly fed: Value
  /**
   * By how many places in the batch a target is moved (0, 1, …) its share [batch, 1, 1, 1] in the targets; absent where none
   * are mixed.
   */
  readonly shares?: readonly Value[]
  /** Images after each fitted step, where they were asked for. */
  readonly stages: readonly Image[]
}

/** `samples` are [batch, …prepared shape], bytes for images. */
export function lowerTransforms(
  b: GraphBuilder,
  samples: Value,
  { steps }: FittedTransforms,
  { target, batch, drawing }: TransformOptions,
): Transformed {
  let image: Image = { pixels: samples }
  let shares: readonly Value[] | undefined
  const stages: Image[] = []
  steps.forEach((step, index) => {
    const definition = definitionOf(step)
    const drawn = drawing?.plan.steps.find((candidate) => candidate.index === index)
    if (definition.random && !drawn && !definition.evaluation) return void stages.push(image)
    const part = definition.random && !drawn ? definition.evaluation! : definition
    b.within(step.kind, () => {
      const context: LowerContext<ParamValues<ParamSpecs>> = {
        b,
        image,
        params: step.params as ParamValues<ParamSpecs>,
        shape: step.from as unknown as ImageShape,
        target,
        batch,
        fitted: step.fitted,
        get draws() {
          return b.Slice(drawing!.draws!, [drawn!.offset], [drawn!.offset + drawn!.width], [1])
        },
        mixTargets: (share) => (shares = mixedShares(b, shares, share)),
      }
      image = part.lower(context)
    })
    stages.push(image)
  })
  const fed = b.within('transforms', () => floatPixels(b, image))
  return { fed, stages, ...(shares && { shares }) }
}

/** Mixing what is mixed already: a share s of what it is, and the rest of what the sample before it is. */
function mixedShares(b: GraphBuilder, before: readonly Value[] | undefined, share: Value): Value[] {
  const rest = b.Sub(b.scalar(1), share)
  if (!before) return [share, rest]
  const [kept, moved] = [before.map((value) => b.Mul(value, share)), before.map((value) => b.Mul(value, rest))]
  return [kept[0]!, ...kept.slice(1).map((value, i) => b.Add(value, moved[i]!)), moved.at(-1)!]
}
