/** Typed access to the golden files generated from PyTorch by scripts/goldens. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ParamValue } from '#core/graph/choice'
import type { Tensor } from '#core/tensor/dtype'
import { parseSafetensors } from './safetensors'

const folder = new URL('../fixtures/goldens/', import.meta.url)

export type GoldenArea =
  'layers' | 'losses' | 'optimizers' | 'schedules' | 'initializers' | 'modules' | 'training' | 'transforms'

export interface GoldenCase {
  readonly name: string
  readonly params: Readonly<Record<string, ParamValue>>
  /** Other fields of the case, as described in the Python script of the area. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The tensor with this role; throws if the case has none. */
  get(role: string): Tensor
  has(role: string): boolean
  /** All tensors of the case by role. */
  all(): Record<string, Tensor>
  /** Tensors whose role starts with `prefix/`, by the rest of their role, in the order of the file. */
  group(prefix: string): Record<string, Tensor>
}

/** The kinds that have a golden file in an area. */
export function goldenKinds(area: GoldenArea): string[] {
  const names = existsSync(new URL(`${area}/`, folder)) ? readdirSync(new URL(`${area}/`, folder)) : []
  return names.map((name) => name.replace(/\.safetensors$/, '')).sort()
}

/** All tensors of a golden file by their full name. */
export function goldenTensors(area: GoldenArea, kind: string): ReadonlyMap<string, Tensor> {
  return readGolden(area, kind).tensors
}

/** The cases of one kind; throws if the file is missing. */
export function goldenCases(area: GoldenArea, kind: string): GoldenCase[] {
  const { tensors, metadata } = readGolden(area, kind)
  const under = (start: string) =>
    Object.fromEntries(
      [...tensors].filter(([key]) => key.startsWith(start)).map(([key, tensor]) => [key.slice(start.length), tensor]),
    )
  const cases = JSON.parse(metadata.cases!) as { name: string; params?: Record<string, ParamValue> }[]
  return cases.map(({ name, params = {}, ...fields }) => ({
    name,
    params,
    fields,
    has: (role) => tensors.has(`${name}/${role}`),
    get: (role) => {
      const tensor = tensors.get(`${name}/${role}`)
      if (!tensor) throw new Error(`golden ${area}/${kind}, case ${name}, has no ${role}`)
      return tensor
    },
    all: () => under(`${name}/`),
    group: (prefix) => under(`${name}/${prefix}/`),
  }))
}

function readGolden(area: GoldenArea, kind: string) {
  return parseSafetensors(readFileSync(new URL(`${area}/${kind}.safetensors`, folder)))
}
