/** Adds the optimizer: the next parameters, and the next value of every slot, from the gradients of the packed step. */
import { joinVector, type StepOptimizer } from '../packing'
import type { PackedStep } from './packStep'

export function addOptimizer({
  b,
  state,
  packed,
  optimizer,
}: PackedStep & { readonly optimizer: StepOptimizer }): void {
  const { parameters, slots, scalars, result } = packed
  if (!parameters) return
  const { definition, params } = optimizer
  const update = b.within('optimizer', () => {
    const gradients = joinVector(b, state.parameters, ({ name }) => result(`gradient.${name}`))
    return definition.update({ b, parameters, gradients, slots, scalars, params })
  })
  b.output(update.parameters, 'next.parameters')
  for (const [name, value] of Object.entries(update.slots)) b.output(value, `next.slot.${name}`)
}
