/** Networks with errors between the network and its training. */
import { digitsProject, mileage, soundLines, soundWith } from '../../compiler/networks'
import { type BrokenGraph } from './broken'

export const brokenTraining: readonly BrokenGraph[] = [
  {
    name: 'units that are not the classes',
    project: digitsProject(soundLines, { fc: { outFeatures: 12 } }),
    code: 'output-units',
    node: 'output',
    fix: 'Set output features of fc to 10',
  },
  {
    name: 'hundreds of features as the answer',
    project: digitsProject(['input', 'flatten < input', 'output < flatten']),
    code: 'output-units',
    node: 'output',
    fix: 'Append Linear with 10 units',
  },
  {
    name: 'a convolution per class, but not enough of them',
    project: digitsProject([
      'input',
      'conv1:conv2d < input',
      'pool1:adaptive-avg-pool2d < conv1',
      'flatten < pool1',
      'output < flatten',
    ]),
    code: 'output-units',
    node: 'output',
    fix: 'Set filters of conv1 to 10',
  },
  {
    name: 'softmax before cross-entropy',
    project: digitsProject(soundWith({ output: 'softmax1:softmax < fc' }).concat('output < softmax1')),
    code: 'softmax-before-cross-entropy',
    node: 'softmax1',
    fix: 'Remove softmax1',
  },
  {
    name: 'a loss for numbers on classes',
    project: digitsProject(soundLines, {}, { loss: { kind: 'mse' } }),
    code: 'output-loss',
    node: null,
    fix: 'Choose the loss cross-entropy',
  },
  {
    name: 'a loss for two classes on ten',
    project: digitsProject(soundLines, {}, { loss: { kind: 'bce-with-logits' } }),
    code: 'output-loss',
    node: null,
    fix: 'Choose the loss cross-entropy',
  },
  {
    name: 'the loss and the data for numbers, the task classification',
    project: digitsProject(
      ['input', 'fc:linear < input', 'output < fc'],
      { fc: { outFeatures: 1 } },
      { loss: { kind: 'mse' } },
    ),
    code: 'output-loss',
    node: null,
    fix: 'Change the task to regression',
    facts: mileage,
  },
  {
    name: 'batch normalization of vectors in batches of one',
    project: digitsProject(
      ['input', 'flatten < input', 'bn1:batch-norm1d < flatten', 'fc:linear < bn1', 'output < fc'],
      {},
      { batchSize: 1 },
    ),
    code: 'training-setting',
    node: null,
    fix: 'Set the batch size to 2',
  },
  {
    name: 'two class weights for ten classes',
    project: digitsProject(soundLines, {}, { loss: { kind: 'cross-entropy', weight: [2, 0.5] } }),
    code: 'training-setting',
    node: null,
    fix: 'Set class weights of the loss function to [2, 0.5, 1, 1, 1, 1, 1, 1, 1, 1]',
  },
  {
    name: 'class weights that are all 0',
    project: digitsProject(soundLines, {}, { loss: { kind: 'cross-entropy', weight: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] } }),
    code: 'training-setting',
    node: null,
    fix: 'Set class weights of the loss function to null',
  },
  {
    name: 'a misspelt optimizer',
    project: digitsProject(soundLines, {}, { optimizer: { kind: 'AdamW' } }),
    code: 'training-setting',
    node: null,
    fix: 'Set optimizer to adamw',
  },
  {
    name: 'momentum out of range',
    project: digitsProject(soundLines, {}, { optimizer: { kind: 'sgd', momentum: -1 } }),
    code: 'training-setting',
    node: null,
    fix: 'Set momentum of the optimizer to 0',
  },
  {
    name: 'early stopping on a figure that is not measured',
    project: digitsProject(soundLines, {}, { earlyStopping: { metric: 'r2', patience: 3, minDelta: 0 } }),
    code: 'training-setting',
    node: null,
    fix: 'Set the early stopping metric to loss',
  },
]
