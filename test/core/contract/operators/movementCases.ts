/** Cases of operators that move, select, repeat or lay out elements. */
import { tensor } from '#core/tensor/dtype'
import { binaryCase, floats, integers, unaryCase, type OperatorCase } from './case'

const x = floats('x', [2, 3, 4])
const indices = (shape: readonly number[], limit: number, dtype: 'int32' | 'int64' = 'int64') =>
  integers('indices', shape, limit, dtype)

export const movementCases = {
  Reshape: [
    unaryCase('to a matrix', x, (b, v) => b.Reshape(v, [6, 4])),
    unaryCase('with a hole', x, (b, v) => b.Reshape(v, [2, -1])),
    unaryCase('keeping the first axis', x, (b, v) => b.Reshape(v, [0, 12])),
  ],
  Transpose: [
    unaryCase('matrix', floats('x', [3, 4]), (b, v) => b.Transpose(v, [1, 0])),
    unaryCase('channels last', floats('x', [2, 3, 4, 5]), (b, v) => b.Transpose(v, [0, 2, 3, 1])),
    unaryCase('cyclic', x, (b, v) => b.Transpose(v, [2, 0, 1])),
  ],
  Unsqueeze: [unaryCase('first and last', floats('x', [2, 3]), (b, v) => b.Unsqueeze(v, [0, -1]))],
  Squeeze: [unaryCase('two axes', floats('x', [2, 1, 3, 1]), (b, v) => b.Squeeze(v, [1, -1]))],
  Expand: [
    unaryCase('a row', floats('x', [1, 4]), (b, v) => b.Expand(v, [3, 4])),
    unaryCase('new leading axes', floats('x', [4]), (b, v) => b.Expand(v, [2, 3, 4])),
    unaryCase('a scalar', floats('x', []), (b, v) => b.Expand(v, [2, 3])),
    unaryCase('an inner axis', floats('x', [2, 1, 3]), (b, v) => b.Expand(v, [2, 4, 3])),
  ],
  Concat: [
    binaryCase('first axis', floats('a', [2, 3]), floats('b', [1, 3]), (b, v, w) => b.Concat([v, w], { axis: 0 })),
    binaryCase('last axis', floats('a', [2, 3]), floats('b', [2, 2]), (b, v, w) => b.Concat([v, w], { axis: -1 })),
    binaryCase('one value twice', floats('a', [2, 2]), floats('b', [2, 1]), (b, v, w) =>
      b.Concat([v, w, v], { axis: 1 }),
    ),
  ],
  Split: [
    unaryCase('all parts used', floats('x', [3, 5]), (b, v) => b.Split(v, [2, 2, 1], { axis: 1 })),
    unaryCase('one part unused', floats('x', [6]), (b, v) => b.Split(v, [2, 3, 1], { axis: 0 }).slice(0, 2)),
  ],
  Slice: [
    unaryCase('inner part', x, (b, v) => b.Slice(v, [1, 1], [3, 3], [1, 2])),
    unaryCase('counted from the end', x, (b, v) => b.Slice(v, [-2], [-1], [2])),
    unaryCase('past the end', x, (b, v) => b.Slice(v, [1], [100], [1])),
    unaryCase('step 2', x, (b, v) => b.Slice(v, [0], [4], [2], [2]), false),
    unaryCase('backwards', x, (b, v) => b.Slice(v, [-1], [-5], [2], [-1]), false),
  ],
  Pad: [
    unaryCase('both sides', floats('x', [2, 3]), (b, v) => b.Pad(v, [0, 1, 1, 2])),
    unaryCase('with a value', floats('x', [2, 3]), (b, v) => b.Pad(v, [1, 0, 0, 0], -5)),
    unaryCase('negative amounts cut', floats('x', [3, 5]), (b, v) => b.Pad(v, [-1, 1, 0, -2]), false),
  ],
  Tile: [
    unaryCase('both axes', floats('x', [2, 3]), (b, v) => b.Tile(v, [2, 3])),
    unaryCase('a vector', floats('x', [3]), (b, v) => b.Tile(v, [4])),
  ],
  Gather: [
    binaryCase('rows, repeated', floats('a', [4, 3]), indices([6], 4), (b, v, i) => b.Gather(v, i, { axis: 0 }), ['a']),
    binaryCase('matrix of indices', floats('a', [4, 2]), indices([2, 3], 4), (b, v, i) => b.Gather(v, i, { axis: 0 }), [
      'a',
    ]),
    binaryCase(
      'few rows by int32 indices',
      floats('a', [4, 2, 2]),
      indices([3, 5], 4, 'int32'),
      (b, v, i) => b.Gather(v, i, { axis: 0 }),
      ['a'],
    ),
    binaryCase(
      'many rows by int32 indices',
      floats('a', [130, 2]),
      indices([2, 5], 130, 'int32'),
      (b, v, i) => b.Gather(v, i, { axis: 0 }),
      ['a'],
    ),
    binaryCase(
      'int32 indices, second axis',
      floats('a', [2, 5, 2]),
      indices([4], 5, 'int32'),
      (b, v, i) => b.Gather(v, i, { axis: 1 }),
      [],
    ),
    binaryCase(
      'from the end',
      floats('a', [4]),
      tensor('int64', [2], [-1, -4]),
      (b, v, i) => b.Gather(v, i, { axis: 0 }),
      [],
    ),
  ],
  GatherElements: [
    binaryCase('labels', floats('a', [4, 5]), indices([4, 1], 5), (b, v, i) => b.GatherElements(v, i, { axis: 1 }), [
      'a',
    ]),
    binaryCase('repeated', floats('a', [3, 2]), indices([5, 2], 3), (b, v, i) => b.GatherElements(v, i, { axis: 0 }), [
      'a',
    ]),
  ],
  ScatterElements: [
    {
      name: 'adding repeated places',
      inputs: { a: floats('a', [5]), i: integers('i', [8], 5), u: floats('u', [8]) },
      build: (b, v) => b.ScatterElements(v.a!, v.i!, v.u!, { axis: 0, reduction: 'add' }),
      differentiate: [],
    },
    {
      name: 'replacing',
      inputs: { a: floats('a', [2, 4]), i: tensor('int64', [2, 1], [3, 1]), u: floats('u', [2, 1]) },
      build: (b, v) => b.ScatterElements(v.a!, v.i!, v.u!, { axis: 1 }),
      differentiate: [],
    },
  ],
  OneHot: [unaryCase('labels', integers('x', [5], 4), (b, v) => b.OneHot(v, 4), false)],
  Resize: [
    unaryCase('twice', floats('x', [1, 2, 3, 2]), (b, v) => b.Resize(v, [1, 1, 2, 2])),
    unaryCase('unequal factors', floats('x', [2, 1, 2, 3]), (b, v) => b.Resize(v, [1, 1, 3, 2])),
  ],
} satisfies Record<string, readonly OperatorCase[]>
