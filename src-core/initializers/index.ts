/** The catalogue of initialisers. */
import { kaimingNormal } from './kaimingNormal'
import { kaimingUniform } from './kaimingUniform'
import { normal } from './normal'
import { ones } from './ones'
import { pytorchDefault } from './pytorchDefault'
import { xavierNormal } from './xavierNormal'
import { xavierUniform } from './xavierUniform'
import { zeros } from './zeros'
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
] as const

export type InitializerKind = (typeof initializers)[number]['kind']

export function findInitializer(kind: string): InitializerDefinition | undefined {
  return initializers.find((item) => item.kind === kind)
}
