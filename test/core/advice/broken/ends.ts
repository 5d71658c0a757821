/** Networks with errors at their ends: the Input and the Output. */
import { digitsProject, soundLines, soundWith } from '../../compiler/networks'
import { residualLines, type BrokenGraph } from './broken'

export const brokenEnds: readonly BrokenGraph[] = [
  {
    name: 'no layers at all',
    project: digitsProject([]),
    code: 'graph-empty',
    node: null,
    fix: 'Add Input, Flatten, Linear and Output',
  },
  {
    name: 'no Input',
    project: digitsProject(soundWith({ input: null, conv1: 'conv1:conv2d' })),
    code: 'graph-no-input',
    node: null,
    fix: 'Add Input before conv1',
  },
  {
    name: 'no Output behind ten units',
    project: digitsProject(soundWith({ output: null })),
    code: 'graph-no-output',
    node: null,
    fix: 'Add Output after fc',
  },
  {
    name: 'no Output behind images',
    project: digitsProject(['input', 'conv1:conv2d < input', 'relu1 < conv1']),
    code: 'graph-no-output',
    node: null,
    fix: 'Add Flatten, Linear and Output after relu1',
  },
  {
    name: 'two Inputs',
    project: digitsProject([
      'input',
      'input2:input',
      'conv1:conv2d < input',
      'conv2:conv2d < input2',
      ...residualLines.slice(3),
    ]),
    code: 'graph-several-inputs',
    node: 'input2',
    fix: 'Use input instead of input2',
  },
  {
    name: 'two Outputs',
    project: digitsProject([...soundLines, 'output2:output < fc']),
    code: 'graph-several-outputs',
    node: 'output2',
    fix: 'Remove output2',
  },
]
