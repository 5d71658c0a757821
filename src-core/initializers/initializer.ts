/** Definition of an initializer: how the initial values of a weight are drawn. */
import type { Text } from '../base/text'
import { type ParamSpecs, type ParamValues } from '../params/params'

/** Sizes that scale the draw. For a weight [out, in, …kernel]: fanIn = in · Π kernel, fanOut = out · Π kernel. */
export interface Fans {
  readonly fanIn: number
  readonly fanOut: number
}

/** Uniform numbers in [0, 1) and standard normal numbers by element index. */
export interface Draw {
  uniform(index: number): number
  normal(index: number): number
}

export interface InitializerDefinition<P extends ParamSpecs = ParamSpecs> {
  readonly kind: string
  readonly title: Text
  readonly doc: Text
  readonly params: P
  /** Value of element `index`. */
  value(index: number, fans: Fans, draw: Draw, params: ParamValues<P>): number
}

export function defineInitializer<const P extends ParamSpecs>(
  definition: InitializerDefinition<P>,
): InitializerDefinition<P> {
  return definition
}

/** Fans of a weight [out, in, …kernel]; for a vector, its own length. */
export function fansOf(shape: readonly number[]): Fans {
  const [out = 1, into = out, ...kernel] = shape
  const area = kernel.reduce((product, size) => product * size, 1)
  return { fanIn: into * area, fanOut: out * area }
}
