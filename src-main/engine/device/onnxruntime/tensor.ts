/** Tensors of ONNX Runtime. */
import type { Tensor as OrtTensor } from 'onnxruntime-node'
import { invariant } from '#core/base/assert'
import type { RuntimeTensor } from '../session'

export class OnnxTensor implements RuntimeTensor {
  constructor(readonly value: OrtTensor) {}

  get dtype(): string {
    return this.value.type
  }

  get shape(): readonly number[] {
    return this.value.dims
  }

  get data(): ArrayLike<number | bigint> {
    return this.value.data as ArrayLike<number | bigint>
  }
}

/** What ONNX Runtime is fed. */
export function ortTensor(tensor: RuntimeTensor): OrtTensor {
  invariant(tensor instanceof OnnxTensor, 'a tensor of another runtime is fed to ONNX Runtime')
  return tensor.value
}
