/** Checkpoints of runs that cannot be read, or do not hold what was written. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const received = '{received}'
const bytesReceived = text('{found} bytes', '{found} 字节')
const anotherCheckpoint = text('Use another checkpoint of the run, or train again.', '使用其他检查点，或重新训练。')
const restoreData = text('Restore the data: the model is then compared on its samples.', '恢复数据，用其样本验证模型。')
const keptAnswers = text('a few samples with the answers of the trainer', '若干样本及训练器的输出')

export const checkpointCases = {
  'run-missing': {
    checkpoint: {
      message: text('The checkpoint cannot be read.', '检查点无法读取。'),
      expected: text('a checkpoint of a run', '运行记录中的检查点'),
      received: '{received|word}',
      fix: text(
        'Check the run folder; a run has checkpoints once its first epoch has ended or it was stopped.',
        '检查运行文件夹；首个轮次结束或训练停止后才有检查点。',
      ),
    },
    proof: {
      message: text(
        'The run has kept no samples that the model could be proved with.',
        '该训练没有保留可用于验证模型的样本。',
      ),
      expected: keptAnswers,
      received: text('no such file', '没有此文件'),
      fix: restoreData,
    },
  },
  'run-damaged': {
    'tensor-end': {
      message: text('{name} ends too early.', '{name} 不完整。'),
      expected: text('{bytes} bytes', '{bytes} 字节'),
      received,
      fix: anotherCheckpoint,
    },
    'not-file': {
      message: text('The checkpoint is not a file.', '检查点不是文件。'),
      expected: text('a file', '文件'),
      received: text('something else', '其他内容'),
      fix: anotherCheckpoint,
    },
    size: {
      message: text('The file cannot be a checkpoint.', '此文件不可能是检查点。'),
      expected: text('{least} to {most} bytes', '{least} 至 {most} 字节'),
      received: bytesReceived,
      fix: anotherCheckpoint,
    },
    end: {
      message: text('The file ends too early.', '文件不完整。'),
      expected: text('{bytes} bytes at {at}', '从 {at} 起有 {bytes} 字节'),
      received,
      fix: anotherCheckpoint,
    },
    'header-length': {
      message: text('The length of the header is impossible.', '文件头的长度不可能。'),
      expected: text('{least} to {most} bytes', '{least} 至 {most} 字节'),
      received: bytesReceived,
      fix: anotherCheckpoint,
    },
    metadata: {
      message: text('The metadata is not of the right form.', '元数据的形式不对。'),
      expected: text('texts by name', '按名称排列的文本'),
      received,
      fix: anotherCheckpoint,
    },
    checksum: {
      message: text(
        'The file does not hold what was written: its checksum differs.',
        '检查点的内容与写入时不同：校验和不符。',
      ),
      expected: '{expected}',
      received,
      fix: anotherCheckpoint,
    },
    'header-json': {
      message: text('The header is not JSON.', '文件头不是 JSON。'),
      expected: text('a JSON object', 'JSON 对象'),
      received,
      fix: anotherCheckpoint,
    },
    'header-form': {
      message: text('The header is not a JSON object.', '文件头不是 JSON 对象。'),
      expected: text('a JSON object', 'JSON 对象'),
      received,
      fix: anotherCheckpoint,
    },
    entry: {
      message: text('The entry of {name} is not of the right form.', '{name} 的条目形式不对。'),
      expected: text('dtype, shape and data_offsets', 'dtype、shape 与 data_offsets'),
      received,
      fix: anotherCheckpoint,
    },
    dtype: {
      message: text('{name} has an unknown type.', '{name} 的类型未知。'),
      expected: '{known|list}',
      received,
      fix: anotherCheckpoint,
    },
    shape: {
      message: text('The shape of {name} is wrong.', '{name} 的形状不对。'),
      expected: text('a list of sizes', '尺寸列表'),
      received,
      fix: anotherCheckpoint,
    },
    offsets: {
      message: text('The place of {name} is wrong.', '{name} 的位置不对。'),
      expected: text('two offsets', '两个偏移量'),
      received,
      fix: anotherCheckpoint,
    },
    outside: {
      message: text('{name} lies outside the file.', '{name} 超出文件范围。'),
      expected: text('offsets up to {most}', '不大于 {most} 的偏移量'),
      received: text('{begin} to {end}', '{begin} 至 {end}'),
      fix: anotherCheckpoint,
    },
    'tensor-size': {
      message: text('{name} does not hold what its shape says.', '{name} 的内容与其形状不符。'),
      expected: text('{bytes} bytes', '{bytes} 字节'),
      received: bytesReceived,
      fix: anotherCheckpoint,
    },
    overlap: {
      message: text('{name} overlaps another tensor or leaves a gap.', '{name} 与其他张量重叠，或之间有空隙。'),
      expected: text('begin at {at}', '始于 {at}'),
      received,
      fix: anotherCheckpoint,
    },
    rest: {
      message: text('The file holds more than its tensors.', '文件中除张量外还有其他内容。'),
      expected: text('{bytes} bytes of tensors', '{bytes} 字节的张量'),
      received: bytesReceived,
      fix: anotherCheckpoint,
    },
    network: {
      message: text('The checkpoint does not belong to the network of the run.', '检查点不属于该运行的网络。'),
      expected: '{expected}',
      received,
      fix: text('Restore the run folder from a backup, or train again.', '从备份恢复运行文件夹，或重新训练。'),
    },
    proof: {
      message: text(
        'The samples that the run has kept to prove the model with are damaged.',
        '为验证模型而保留的样本已损坏。',
      ),
      expected: keptAnswers,
      received: text('other bytes than were written', '与写入时不同的内容'),
      fix: restoreData,
    },
    'other-proof': {
      message: text(
        'The samples that the run has kept to prove the model with belong to earlier weights.',
        '为验证模型而保留的样本属于较早的权重。',
      ),
      expected: keptAnswers,
      received: text('answers of other weights', '其他权重的输出'),
      fix: restoreData,
    },
  },
} as const satisfies CasesByCode
