/** The interface of an operator of the interpreter: arrays in, arrays out, with attributes and their defaults. */
import type { Attribute } from '#core/onnx/graph'
import type { Array64 } from './array'

export interface Invocation {
  /** Inputs in order; undefined where an optional one is omitted. */
  readonly inputs: readonly (Array64 | undefined)[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Number of outputs of the node. */
  readonly outputs: number
  /** Channels per block of the NCHWc layout that the graph was written for. */
  readonly blockSize: number
}

export type Operator = (call: Invocation) => Array64[]

export function required(call: Invocation, index: number): Array64 {
  const value = call.inputs[index]
  if (!value) throw new Error(`reference: input ${index} is missing`)
  return value
}

export function number(call: Invocation, name: string, fallback: number): number {
  return (call.attributes[name] as number | undefined) ?? fallback
}

export function numbers(call: Invocation, name: string, fallback: readonly number[]): readonly number[] {
  return (call.attributes[name] as readonly number[] | undefined) ?? fallback
}

/** The value of input `index` as plain numbers, or undefined if it is omitted. */
export function listInput(call: Invocation, index: number): number[] | undefined {
  const value = call.inputs[index]
  return value && [...value.data]
}

export const positiveAxis = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

/** Rejects an attribute that the interpreter does not implement, so that it never silently computes something else. */
export function onlySupports(call: Invocation, name: string, values: readonly Attribute[]): void {
  const value = call.attributes[name]
  if (value !== undefined && !values.includes(value))
    throw new Error(`reference: ${name}=${JSON.stringify(value)} is not implemented`)
}
