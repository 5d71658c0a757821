/** The problems of model files. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const another = text('Choose another ONNX file, or export the model again.', '选择其他 ONNX 文件，或重新导出模型。')

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
    },
    otherwise: { message: '此文件不是 Layerloom 能运行的 ONNX 模型。', fix: '选择其他模型文件。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
