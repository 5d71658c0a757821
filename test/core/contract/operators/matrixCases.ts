/** Cases of matrix products. */
import { binaryCase, floats, type OperatorCase } from './case'

type Transposes = { transA?: 0 | 1; transB?: 0 | 1 }

function gemm(name: string, attributes: Transposes, bias?: readonly number[]): OperatorCase {
  const [m, k, n] = [3, 4, 2]
  return {
    name,
    inputs: {
      a: floats('a', attributes.transA ? [k, m] : [m, k]),
      b: floats('b', attributes.transB ? [n, k] : [k, n]),
      ...(bias && { c: floats('c', bias) }),
    },
    build: (b, v) => b.Gemm(v.a!, v.b!, v.c, attributes),
    differentiate: bias ? ['a', 'b', 'c'] : ['a', 'b'],
  }
}

function fused(name: string, a: readonly number[], b: readonly number[], attributes: Transposes): OperatorCase {
  return binaryCase(name, floats('a', a), floats('b', b), (builder, x, y) => builder.FusedMatMul(x, y, attributes), [])
}

export const matrixCases = {
  MatMul: [
    binaryCase('matrices', floats('a', [3, 4]), floats('b', [4, 2]), (b, x, y) => b.MatMul(x, y)),
    binaryCase('batched', floats('a', [2, 3, 4]), floats('b', [2, 4, 5]), (b, x, y) => b.MatMul(x, y)),
    binaryCase('batch times one matrix', floats('a', [2, 3, 4]), floats('b', [4, 5]), (b, x, y) => b.MatMul(x, y)),
    binaryCase('both batches broadcast', floats('a', [2, 1, 3, 4]), floats('b', [1, 3, 4, 2]), (b, x, y) =>
      b.MatMul(x, y),
    ),
    binaryCase('one row of ones', floats('a', [1, 300]), floats('b', [300, 3]), (b, x, y) => b.MatMul(x, y)),
  ],
  'ms.FusedMatMul': [
    fused('second transposed', [2, 3, 4], [2, 5, 4], { transB: 1 }),
    fused('first transposed', [2, 4, 3], [2, 4, 5], { transA: 1 }),
    fused('both transposed', [2, 4, 3], [2, 5, 4], { transA: 1, transB: 1 }),
  ],
  Gemm: [
    gemm('plain', {}),
    gemm('second transposed with bias', { transB: 1 }, [2]),
    gemm('first transposed', { transA: 1 }),
    gemm('both transposed with a matrix added', { transA: 1, transB: 1 }, [3, 2]),
    gemm('a row added as a matrix', {}, [1, 2]),
    gemm('a column added', {}, [3, 1]),
  ],
} satisfies Record<string, readonly OperatorCase[]>
