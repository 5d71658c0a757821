/** Networks with errors in blocks. */
import { graphOf } from '../../graph/projects'
import { digitsProject, soundLines, withBlock, withNode, withParams } from '../../compiler/networks'
import { inner, blockLines, blocked, type BrokenGraph } from './broken'

export const brokenBlocks: readonly BrokenGraph[] = [
  {
    name: 'an unconnected layer inside a block',
    project: withBlock(blocked, 'block1', { ...inner, edges: inner.edges.filter(({ to }) => to !== 'relu1') }),
    code: 'node-missing-input',
    node: 'block1.0.relu1',
    fix: 'Connect conv1 to relu1',
  },
  {
    name: 'a kernel too large inside a block',
    project: withBlock(blocked, 'block1', withParams(inner, { conv1: { kernelSize: 40 } })),
    code: 'shape-kernel-too-large',
    node: 'block1.0.conv1',
    fix: 'Set padding of conv1 to same',
  },
  {
    name: 'features fed to a block of convolutions that repeats',
    project: withBlock(
      digitsProject([
        'input',
        'flat:flatten < input',
        'block1:block < flat',
        'flatten < block1',
        'fc:linear < flatten',
        'output < fc',
      ]),
      'block1',
      inner,
      2,
    ),
    code: 'shape-rank',
    node: 'block1.0.conv1',
    fix: 'Insert Reshape to 1×28×28',
  },
  {
    name: 'Input inside a block',
    project: withBlock(blocked, 'block1', graphOf('x:input', 'conv1:conv2d < x', 'out:block-output < conv1')),
    code: 'block-form',
    node: 'block1.0.x',
    fix: 'Make x an input of the block',
  },
  {
    name: 'a block without an output',
    project: withBlock(blocked, 'block1', graphOf('x:block-input', 'conv1:conv2d < x')),
    code: 'block-form',
    node: 'block1',
    fix: 'Add an output to block1',
  },
  {
    name: 'a port of a block outside any block',
    project: digitsProject([...soundLines, 'port1:block-output < fc']),
    code: 'block-form',
    node: 'port1',
    fix: null,
  },
  {
    name: 'a block without layers',
    project: withNode(digitsProject(blockLines), 'block1', { kind: 'block' }),
    code: 'block-form',
    node: 'block1',
    fix: 'Remove block1',
  },
  {
    name: 'a block that repeats without an input',
    project: withBlock(blocked, 'block1', graphOf('conv1:conv2d', 'out:block-output < conv1'), 3),
    code: 'block-form',
    node: 'block1',
    fix: 'Add an input to block1',
  },
  {
    name: 'a block repeated too often',
    project: withBlock(
      blocked,
      'block1',
      graphOf(
        'x:block-input',
        'relu1 < x',
        'relu2 < relu1',
        'relu3 < relu2',
        'relu4 < relu3',
        'relu5 < relu4',
        'relu6 < relu5',
        'out:block-output < relu6',
      ),
      1000,
    ),
    code: 'graph-too-large',
    node: null,
    fix: 'Set the repeat count of block1 to 832',
  },
]
