/** The problems of model files. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const another = text('Choose another ONNX file, or export the model again.', '选择其他 ONNX 文件，或重新导出模型。')
const other = text('Choose another ONNX file, or a run folder.', '选择其他 ONNX 文件，或运行文件夹。')
const unfed = {
  message: text('The model cannot be fed from files.', '无法用文件作为此模型的输入。'),
  received: '{received|word}',
  fix: other,
} as const

export const modelSentences = {
  'model-format': {
    cases: {
      'not-onnx': {
        message: text('The file is not an ONNX model.', '此文件不是 ONNX 模型。'),
        expected: text('an ONNX protobuf', 'ONNX protobuf'),
        received: '{received}',
        fix: another,
      },
      'no-graph': {
        message: text('The file holds no graph.', '文件中没有计算图。'),
        expected: text('a ModelProto with a graph', '带有计算图的 ModelProto'),
        received: text('{bytes} bytes without one', '{bytes} 字节，没有计算图'),
        fix: another,
      },
      'outside-data': {
        message: text('Tensor {name} is stored outside the file.', '张量 {name} 存储在文件之外。'),
        expected: text('weights inside the file', '权重在文件之内'),
        received: text('external data', '外部数据'),
        fix: text('Save the model again with its weights inside the file.', '将权重存入文件后重新保存模型。'),
      },
      'tensor-size': {
        message: text('Tensor {name} does not hold what its shape says.', '张量 {name} 的内容与其形状不符。'),
        expected: text('{count} {count?element/elements}', '{count} 个元素'),
        received: text('{stored} {stored?element/elements}', '{stored} 个元素'),
        fix: another,
      },
      'too-many-operators': {
        message: text('The model is too large.', '模型太大。'),
        expected: text('at most {most} operators', '至多 {most} 个算子'),
        received: '{received}',
        fix: other,
      },
      unreadable: {
        message: text('The model cannot be read.', '模型无法读取。'),
        expected: text('an ONNX file', 'ONNX 文件'),
        received: '{received|word}',
        fix: other,
      },
      'not-file': {
        message: text('This is not a file.', '这不是文件。'),
        expected: text('an ONNX file or a run folder', 'ONNX 文件或运行文件夹'),
        received: text('something else', '其他内容'),
        fix: other,
      },
      'too-large': {
        message: text('The file is too large.', '文件太大。'),
        expected: text('at most {most} bytes', '至多 {most} 字节'),
        received: text('{size} bytes', '{size} 字节'),
        fix: other,
      },
      'one-input': { ...unfed, expected: text('one input', '一个输入') },
      'input-type': { ...unfed, expected: text('an input of float32 or uint8', 'float32 或 uint8 的输入') },
      'input-rank': {
        ...unfed,
        expected: text('samples along the first axis and at least one more axis', '第一个轴为样本，且至少还有一个轴'),
      },
      answers: {
        message: text('The answers of the model cannot be shown.', '模型的输出无法显示。'),
        expected: text('an output of numbers', '数值输出'),
        received: '{received|word}',
        fix: other,
      },
      'no-description': {
        message: text('The model does not say what data it was trained on.', '模型没有说明其训练数据。'),
        expected: text('a model that Layerloom has exported', '由 Layerloom 导出的模型'),
        received: text('no description in its metadata', '元数据中没有说明'),
        fix: other,
      },
      operators: {
        message: text('{runtime} cannot run the model.', '{runtime} 无法运行此模型。'),
        expected: text('operators and types that it knows', '它支持的算子与类型'),
        received: '{received}',
        fix: other,
      },
      description: {
        message: text('The description inside the model is damaged.', '模型中的说明已损坏。'),
        expected: text('a description of version {version}', '版本 {version} 的说明'),
        received: '{received}',
        fix: text('Export the model again from its run.', '从其运行重新导出模型。'),
      },
      loss: {
        message: text(
          'The model was trained with a loss that this version does not know.',
          '训练此模型所用的损失函数，当前版本不支持。',
        ),
        expected: text('a loss of the catalog', '目录中的损失函数'),
        received: '{received}',
        fix: text('Update Layerloom, or evaluate the run folder.', '更新 Layerloom，或评估运行文件夹。'),
      },
      'answer-type': {
        message: text('The model answers with something that cannot be shown.', '模型的输出类型无法显示。'),
        expected: text('an output of numbers', '数值输出'),
        received: '{received}',
        fix: text('Choose a model with an output of numbers.', '选择输出为数值的模型。'),
      },
    },
    otherwise: { message: '此文件不是 Layerloom 能运行的 ONNX 模型。', fix: '选择其他模型文件。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
