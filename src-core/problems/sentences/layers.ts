/** The problems of parameters, shapes and the end of the network. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'
import { paramCases } from './params'

const setOutputFeatures = text(
  'Set “Output features” of the last Linear layer (before {node}: {last}) to {units}.',
  '将最后一个 Linear 层（{node} 之前为 {last}）的“输出特征数”设为 {units}。',
)

export const layerSentences = {
  'node-param': {
    cases: {
      ...paramCases,
      'no-weight': {
        message: text('{node} has no weight “{weight}”.', '{node} 没有权重“{weight}”。'),
        expected: '{weights|list}',
        received: '{weight}',
        fix: text('Remove the initializer of “{weight}”.', '移除“{weight}”的初始化设置。'),
      },
      'unknown-initializer': {
        message: text('“{kind}” is not an initializer.', '“{kind}”不是初始化方式。'),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{kind}',
        fix: text('Choose one of {known|list}.', '从 {known|list} 中选择。'),
      },
      axis: {
        message: text(
          '{node} is set to axis {dim|minus}, but its input has axes 1 to {last} beside the batch.',
          '{node} 设为沿轴 {dim|minus}，但除批以外，输入只有轴 1 至 {last}。',
        ),
        expected: text('an axis between 1 and {last}, or −1', '1 至 {last} 之间的轴，或 −1'),
        received: text('axis {dim|minus}', '轴 {dim|minus}'),
        fix: text('Set dim to {best|minus}.', '将 dim 设为 {best|minus}。'),
      },
      'joined-axes': {
        message: text(
          '{node} joins axes {startDim} to {endDim|minus}, but its input has axes 0 to {last}.',
          '{node} 合并轴 {startDim} 至 {endDim|minus}，但其输入只有轴 0 至 {last}。',
        ),
        expected: text('1 ≤ first axis ≤ last axis ≤ {last}', '1 ≤ 起始轴 ≤ 结束轴 ≤ {last}'),
        received: text('first axis {startDim}, last axis {endDim|minus}', '起始轴 {startDim}，结束轴 {endDim|minus}'),
        fix: text('Set the first axis to 1 and the last to −1.', '将起始轴设为 1，结束轴设为 −1。'),
      },
      'same-stride': {
        message: text(
          '{node} asks for padding “same” with stride {stride}; it is defined for stride 1 only.',
          '{node} 的填充为“same”，步长却为 {stride}；“same”只对步长 1 有定义。',
        ),
        expected: text('stride 1, or padding as a number', '步长 1，或数字填充'),
        received: text('stride {stride}', '步长 {stride}'),
        fix: text('Set padding to {half} or stride to 1.', '将填充设为 {half}，或将步长设为 1。'),
      },
      'wide-padding': {
        message: text(
          'The padding of {node} is more than half its kernel, so some windows would hold padding only.',
          '{node} 的填充超过窗口的一半，某些窗口将只含填充。',
        ),
        expected: text('padding of at most {most}', '填充至多为 {most}'),
        received: text('padding {padding} with kernel {kernel}', '填充 {padding}，窗口 {kernel}'),
        fix: text('Set padding to {half} or less.', '将填充设为 {half} 或更小。'),
      },
      'empty-window': {
        message: text(
          'Window {window} of {node} holds padding only: its taps skip the whole image.',
          '{node} 的第 {window} 个窗口只含填充：各点跳过了整幅图像。',
        ),
        expected: text('a pixel of the image in every window', '每个窗口至少含一个像素'),
        received: text(
          'taps {dilation} apart on {size} pixels with padding {padding}',
          '{size} 个像素，填充 {padding}，各点间距 {dilation}',
        ),
        fix: text('Set padding to 0, or lower the dilation.', '将填充设为 0，或减小膨胀。'),
      },
    },
    otherwise: { message: '层的一个参数缺失、类型不符或超出范围。', fix: '改正该参数。' },
  },
  'shape-too-large': {
    cases: {
      any: {
        message: text(
          '{node} would need a tensor of {shape}, which is too large to compute with.',
          '{node} 需要 {shape} 的张量，大到无法计算。',
        ),
        expected: text('at most {most} numbers', '至多 {most} 个数'),
        received: '{received}',
        fix: text('Make the sizes of {node} smaller.', '减小 {node} 的各项尺寸。'),
      },
    },
    otherwise: { message: '一层的张量大到无法计算。', fix: '减小该层的各项尺寸。' },
  },
  'embedding-ids': {
    cases: {
      'not-samples': {
        message: text(
          '{node} looks up token ids, but it receives what other layers compute.',
          '{node} 查找词元编号，收到的却是其他层的计算结果。',
        ),
        expected: text('the token ids of the samples', '样本的词元编号'),
        received: '{received}',
        fix: text('Connect {node} to the Input layer.', '将 {node} 接到 Input 层。'),
      },
      'not-texts': {
        message: text(
          '{node} looks up token ids, but the samples are no texts.',
          '{node} 查找词元编号，但样本不是文本。',
        ),
        expected: text('texts with the steps tokenize, vocabulary and pad', '经过 tokenize、vocabulary 与 pad 的文本'),
        received: text('samples of {shape}', '形状为 {shape} 的样本'),
        fix: text('Choose a data set of texts, or remove {node}.', '选择文本数据集，或移除 {node}。'),
      },
      vocabulary: {
        message: text(
          '{node} has {count} embeddings, but the vocabulary has {vocabulary} ids.',
          '{node} 有 {count} 个嵌入，词表却有 {vocabulary} 个编号。',
        ),
        expected: text('at least {vocabulary}', '嵌入个数 不小于 {vocabulary}'),
        received: '{count}',
        fix: text('Set the number of embeddings of {node} to {vocabulary}.', '将 {node} 的嵌入个数设为 {vocabulary}。'),
      },
      padding: {
        message: text(
          'The padding id of {node} is {padding}, but its ids end at {last}.',
          '{node} 的填充编号为 {padding}，但编号只到 {last}。',
        ),
        expected: text('a padding id of at most {last}, or −1 for none', '填充编号 不大于 {last}，或 −1 表示没有'),
        received: '{padding}',
        fix: text('Set the padding id of {node} to 0.', '将 {node} 的填充编号设为 0。'),
      },
    },
    otherwise: { message: '有一层查找词元编号，但收到的不是编号，或其表的行数不够。', fix: '检查该层的输入与参数。' },
  },
  'shape-rank': {
    cases: {
      flatten: {
        message: text(
          '{title} takes {ranks|ranks} axes, the batch included; {node} received {rank}.',
          '{title} 接受 {ranks|ranks} 个轴（含批），{node} 收到 {rank} 个。',
        ),
        expected: '{ranks|axes}',
        received: '{received}',
        fix: text('Insert Flatten before {node}.', '在 {node} 前插入 Flatten。'),
      },
      connect: {
        message: text(
          '{title} takes {ranks|ranks} axes, the batch included; {node} received {rank}.',
          '{title} 接受 {ranks|ranks} 个轴（含批），{node} 收到 {rank} 个。',
        ),
        expected: '{ranks|axes}',
        received: '{received}',
        fix: text(
          'Connect {node} to a layer whose output is {ranks|axes}.',
          '将 {node} 接到输出为 {ranks|axes} 的层。',
        ),
      },
      output: {
        message: text(
          'The Output takes N×units; {node} received {rank} axes.',
          'Output 接受 N×单元数，{node} 收到 {rank} 个轴。',
        ),
        expected: text('N×units', 'N×单元数'),
        received: '{received}',
        fix: text('Insert Flatten and Linear before {node}.', '在 {node} 前插入 Flatten 与 Linear。'),
      },
    },
    otherwise: { message: '输入的轴数不对。', fix: '插入 Flatten 或 Reshape，或改接别的层。' },
  },
  'shape-kernel-too-large': {
    cases: {
      any: {
        message: text(
          'The kernel of {node} is larger than its padded input along the {axis|axis}.',
          '{node} 的窗口在{axis|axis}方向上大于填充后的输入。',
        ),
        expected: text('an input {axis|axis} of at least {least}', '输入{axis|axis}至少为 {least}'),
        received: text('{axis|axis} {size} in {shape}', '{shape} 中{axis|axis}为 {size}'),
        fix: text(
          'Reduce the kernel to {room} or less, or raise padding to {padding}.',
          '将窗口减到 {room} 或更小，或将填充加到 {padding}。',
        ),
      },
    },
    otherwise: { message: '窗口大于填充后的输入。', fix: '减小窗口，或加大填充。' },
  },
  'shape-mismatch': {
    cases: {
      channels: {
        message: text(
          '{node}: inputs differ in channels: {to} and {from}.',
          '{node}：两个输入的通道数不同：{to} 与 {from}。',
        ),
        expected: text('{port} of shape {shape}', '{port} 的形状为 {shape}'),
        received: '{received}',
        fix: text(
          'Insert a 1×1 Conv2d with {to} filters before {port}, or disconnect {port}.',
          '在 {port} 前插入 {to} 个滤波器的 1×1 Conv2d，或断开 {port}。',
        ),
      },
      shapes: {
        message: text('{node}: inputs differ in shape.', '{node}：输入的形状不同。'),
        expected: text('{port} of shape {shape}', '{port} 的形状为 {shape}'),
        received: '{received}',
        fix: text('Connect {port} to a layer whose output is {shape}.', '将 {port} 接到输出为 {shape} 的层。'),
      },
      concat: {
        message: text('{node}: inputs differ in more than axis {axis}.', '{node}：除轴 {axis} 外，输入的尺寸也不同。'),
        expected: text(
          '{port} like {shape}, different at axis {axis} at most',
          '{port} 与 {shape} 只在轴 {axis} 上不同',
        ),
        received: '{received}',
        fix: text(
          'Connect {port} to a layer whose other sizes agree, or disconnect it.',
          '将 {port} 接到其余尺寸一致的层，或将其断开。',
        ),
      },
      normalized: {
        message: text(
          '{node} normalizes {sizes}, but its input ends in another shape.',
          '{node} 归一化 {sizes}，但其输入不以此形状结尾。',
        ),
        expected: text('an input that ends in {sizes}', '以 {sizes} 结尾的输入'),
        received: '{received}',
        fix: text(
          'Set the normalized shape to [{sample}] or a shorter end of it, or to null.',
          '将归一化形状设为 [{sample}] 或其末尾一段，或设为 null。',
        ),
      },
    },
    otherwise: { message: '各输入的形状不相容。', fix: '改接形状相容的层。' },
  },
  'shape-groups': {
    cases: {
      any: {
        message: text(
          '{node} cannot split {count} {side|word} into {groups} groups.',
          '{node} 无法将 {count} 个{side|word}分成 {groups} 组。',
        ),
        expected: text('{side|word} divisible by groups', '{side|word}数能被组数整除'),
        received: text('{count} {side|word}, {groups} groups', '{count} 个{side|word}，{groups} 组'),
        fix: text(
          'Set groups to a divisor of {channels} and {filters}, such as 1.',
          '将 groups 设为 {channels} 与 {filters} 的公约数，例如 1。',
        ),
      },
    },
    otherwise: { message: '通道数不能被组数整除。', fix: '将 groups 设为 1。' },
  },
  'shape-reshape': {
    cases: {
      any: {
        message: text('{node} cannot turn {from} into {to}.', '{node} 无法将 {from} 变为 {to}。'),
        expected: text('sizes whose product is {count}, at most one of them −1', '各尺寸之积为 {count}，至多一个为 −1'),
        received: '{received}',
        fix: text(
          'Set “Shape” to sizes whose product is {count}, or [-1].',
          '将“形状”设为乘积为 {count} 的尺寸，或 [-1]。',
        ),
      },
    },
    otherwise: { message: '变形前后的元素个数不同。', fix: '将“形状”设为 [-1]。' },
  },
  'shape-input': {
    cases: {
      unknown: {
        message: text('The shape of the samples is not known.', '样本的形状未知。'),
        expected: text('a data set, or a shape on the Input layer', '数据集，或 Input 层上的形状'),
        received: text('neither', '两者皆无'),
        fix: text(
          'Choose a data set, or set “Shape” of the Input layer, e.g. [1, 28, 28].',
          '选择数据集，或设置 Input 层的“形状”，例如 [1, 28, 28]。',
        ),
      },
      differs: {
        message: text(
          '{node} says that a sample is {shape}, but the data has {sample}.',
          '{node} 称样本形状为 {shape}，但数据为 {sample}。',
        ),
        expected: '{sample}',
        received: '{shape}',
        fix: text(
          'Set “Shape” of {node} to {sizes}, or to null to take it from the data.',
          '将 {node} 的“形状”设为 {sizes}，或设为 null 以取自数据。',
        ),
      },
    },
    otherwise: { message: 'Input 层与数据不符。', fix: '将 Input 的“形状”设为 null，以取自数据。' },
  },
  'output-units': {
    cases: {
      classes: {
        message: text(
          'The network ends in {found} units, but the data has {count} classes.',
          '网络末端有 {found} 个单元，但数据有 {count} 个类别。',
        ),
        expected: 'N×{units}',
        received: '{received}',
        fix: setOutputFeatures,
      },
      targets: {
        message: text(
          'The network ends in {found} units, but the data has {count} {count?target/targets}.',
          '网络末端有 {found} 个单元，但数据有 {count} 个目标。',
        ),
        expected: 'N×{units}',
        received: '{received}',
        fix: setOutputFeatures,
      },
    },
    otherwise: { message: '输出单元数与标签不符。', fix: '修改最后一个 Linear 层的“输出特征数”。' },
  },
  'output-loss': {
    cases: {
      task: {
        message: text(
          'The loss “{given}” is for {tasks|words}, but the task is {task|word}.',
          '损失“{given}”用于{tasks|words}，但任务是{task|word}。',
        ),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{given}',
        fix: text('Choose the loss {loss}.', '改用损失 {loss}。'),
      },
      classes: {
        message: text(
          'The loss “{given}” cannot tell {count} {unit|word} apart.',
          '损失“{given}”无法区分 {count} {unit|word}。',
        ),
        expected: text('2 classes', '2 个类别'),
        received: text('{count} {unit|word}', '{count} {unit|word}'),
        fix: text('Choose the loss {loss}.', '改用损失 {loss}。'),
      },
    },
    otherwise: { message: '损失与任务不符。', fix: '改用适合任务的损失。' },
  },
  'softmax-before-cross-entropy': {
    cases: {
      any: {
        message: text(
          '{node} applies softmax before cross-entropy, which applies it again.',
          '{node} 在交叉熵之前做了 softmax，而交叉熵会再做一次。',
        ),
        expected: text('plain scores before the Output', 'Output 之前为原始得分'),
        received: text('probabilities from Softmax', 'Softmax 的概率'),
        fix: text(
          'Remove {node}; the exported model still returns probabilities.',
          '移除 {node}；导出的模型仍返回概率。',
        ),
      },
    },
    otherwise: { message: '交叉熵之前多做了一次 softmax。', fix: '移除 Output 之前的 Softmax。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
