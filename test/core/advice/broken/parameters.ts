/** Networks with errors in kinds and parameters. */
import { digitsProject, soundLines, soundWith, withInitializer } from '../../compiler/networks'
import { sound, type BrokenGraph } from './broken'

export const brokenParameters: readonly BrokenGraph[] = [
  {
    name: 'a misspelt kind',
    project: digitsProject(soundWith({ conv1: 'conv1:Conv2D < input' })),
    code: 'node-unknown-kind',
    node: 'conv1',
    fix: 'Change conv1 to Conv2d',
  },
  {
    name: 'a kind of a later version',
    project: digitsProject(soundWith({ relu1: 'relu1:kolmogorov-arnold < conv1' })),
    code: 'node-unknown-kind',
    node: 'relu1',
    fix: 'Remove relu1',
  },
  {
    name: 'a misspelt parameter',
    project: digitsProject(soundLines, { conv1: { outChanels: 8 } }),
    code: 'node-param',
    node: 'conv1',
    fix: 'Rename “outChanels” of conv1 to outChannels',
  },
  {
    name: 'a parameter that the layer does not have',
    project: digitsProject(soundLines, { relu1: { inplace: true } }),
    code: 'node-param',
    node: 'relu1',
    fix: 'Remove “inplace” from relu1',
  },
  {
    name: 'a number below its range',
    project: digitsProject(soundLines, { conv1: { outChannels: 0 } }),
    code: 'node-param',
    node: 'conv1',
    fix: 'Set filters of conv1 to 1',
  },
  {
    name: 'a number as text',
    project: digitsProject(soundLines, { conv1: { kernelSize: '5' } }),
    code: 'node-param',
    node: 'conv1',
    fix: 'Set kernel of conv1 to 5',
  },
  {
    name: 'dropping everything',
    project: digitsProject(soundWith({ relu1: 'relu1:dropout < conv1' }), { relu1: { p: 1 } }),
    code: 'node-param',
    node: 'relu1',
    fix: 'Reset probability of relu1 to 0.5',
  },
  {
    name: 'padding “same” with a stride',
    project: digitsProject(soundLines, { conv1: { padding: 'same', stride: 2, kernelSize: 5 } }),
    code: 'node-param',
    node: 'conv1',
    fix: 'Set padding of conv1 to 2',
  },
  {
    name: 'padding wider than half the window',
    project: digitsProject(soundWith({ relu1: 'relu1:max-pool2d < conv1' }), { relu1: { padding: 2 } }),
    code: 'node-param',
    node: 'relu1',
    fix: 'Set padding of relu1 to 1',
  },
  {
    name: 'Softmax along an axis that is not there',
    project: digitsProject(soundWith({ relu1: 'relu1:softmax < conv1' }), { relu1: { dim: 5 } }),
    code: 'node-param',
    node: 'relu1',
    fix: 'Reset axis of relu1 to −1',
  },
  {
    name: 'Flatten from behind the last axis',
    project: digitsProject(soundLines, { flatten: { startDim: 4, endDim: 2 } }),
    code: 'node-param',
    node: 'flatten',
    fix: 'Merge all axes in flatten',
  },
  {
    name: 'an initializer for a weight that is not there',
    project: withInitializer(sound, 'conv1', 'kernel', { kind: 'zeros' }),
    code: 'node-param',
    node: 'conv1',
    fix: 'Reset the initializer of conv1.kernel',
  },
  {
    name: 'an initializer that does not exist',
    project: withInitializer(sound, 'conv1', 'weight', { kind: 'xavier_uniform' }),
    code: 'node-param',
    node: 'conv1',
    fix: 'Initialize conv1.weight with xavier-uniform',
  },
]
