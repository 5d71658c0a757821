/** Differentiates the loss: adds an output `gradient.<weight>` for every weight that is trained. */
import { backward } from '../../autodiff/backward'
import type { Value } from '../../onnx/graph'
import type { Target } from '../../onnx/target'
import type { Forward } from '../network'

interface Differentiable extends Forward {
  readonly loss: Value
  readonly target: Target
}

export function addGradients({ b, network, loss, target }: Differentiable): void {
  const trained = network.weights.filter(({ trainable }) => trainable)
  const weights = trained.map(({ value }) => value)
  const names = trained.map(({ name }) => name)
  backward(b, loss, weights, target).forEach((gradient, i) => b.output(gradient, `gradient.${names[i]}`))
}
