/**
 * The NCHWc block size of the machine running the tests: 16 with AVX-512, 8 with AVX or AVX2, 1 if ONNX Runtime has
 * none.
 */
import { GraphBuilder } from '#core/onnx/builder'
import { tensor } from '#core/tensor/dtype'
import { openModel } from './runOnnx'

/** Reorders one image of four channels: the runtime pads them to a whole block. */
export async function probeBlockSize(): Promise<number> {
  const b = new GraphBuilder('probe')
  const x = b.input('x', { dtype: 'float32', shape: [1, 4, 1, 1] })
  b.output(b.op('nchwc.ReorderInput', [x], {})[0]!, 'y')
  const model = await openModel(b.graph).catch(() => undefined)
  if (!model) return 1
  const { y } = await model.run({ x: tensor('float32', [1, 4, 1, 1], [1, 2, 3, 4]) })
  await model.release()
  return y!.shape[1]!
}
