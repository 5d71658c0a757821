/** The catalog of initializers. */
import { constant } from './kinds/constant'
import { kaimingNormal } from './kinds/kaimingNormal'
import { kaimingUniform } from './kinds/kaimingUniform'
import { normal } from './kinds/normal'
import { ones } from './kinds/ones'
import { pytorchDefault } from './kinds/pytorchDefault'
import { xavierNormal } from './kinds/xavierNormal'
import { xavierUniform } from './kinds/xavierUniform'
import { zeros } from './kinds/zeros'
import type { InitializerDefinition } from './initializer'

export const initializers = [
  pytorchDefault,
  xavierUniform,
  xavierNormal,
  kaimingUniform,
  kaimingNormal,
  normal,
  zeros,
  ones,
  constant,
] as const

export type InitializerKind = (typeof initializers)[number]['kind']

export function findInitializer(kind: string): InitializerDefinition | undefined {
  return initializers.find((item) => item.kind === kind)
}
