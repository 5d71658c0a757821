/** The problems of parameters, shapes and the end of the network in Chinese. */
import type { ProblemCode } from '../codes'
import type { Translated } from './form'

export const layerSentences = {
  'node-param': {
    cases: {
      unknown: { message: '{owner} 没有参数“{name}”。', expected: '{known|list}', fix: '移除“{name}”，或改正其名称。' },
      value: {
        message: '{owner} 的“{title}”须为{type|spec}。',
        expected: '{type|spec}',
        fix: '将“{title}”设为{type|spec}；默认值为 {default}。',
      },
      'no-weight': { message: '{node} 没有权重“{weight}”。', fix: '移除“{weight}”的初始化设置。' },
      'unknown-initializer': {
        message: '“{kind}”不是初始化方式。',
        expected: '{known|list} 之一',
        fix: '从 {known|list} 中选择。',
      },
      axis: {
        message: '{node} 设为沿轴 {dim|minus}，但除批以外，输入只有轴 1 至 {last}。',
        expected: '1 至 {last} 之间的轴，或 −1',
        received: '轴 {dim|minus}',
        fix: '将 dim 设为 {best|minus}。',
      },
      'joined-axes': {
        message: '{node} 合并轴 {startDim} 至 {endDim|minus}，但其输入只有轴 0 至 {last}。',
        expected: '1 ≤ 起始轴 ≤ 结束轴 ≤ {last}',
        fix: '将起始轴设为 1，结束轴设为 −1。',
      },
      'same-stride': {
        message: '{node} 的填充为“same”，步长却为 {stride}；“same”只对步长 1 有定义。',
        expected: '步长 1，或数字填充',
        received: '步长 {stride}',
        fix: '将填充设为 {half}，或将步长设为 1。',
      },
      'wide-padding': {
        message: '{node} 的填充超过窗口的一半，某些窗口将只含填充。',
        expected: '填充至多为 {most}',
        received: '填充 {padding}，窗口 {kernel}',
        fix: '将填充设为 {half} 或更小。',
      },
      'empty-window': {
        message: '{node} 的第 {window} 个窗口只含填充：各点跳过了整幅图像。',
        expected: '每个窗口至少含一个像素',
        received: '{size} 个像素，填充 {padding}，各点间距 {dilation}',
        fix: '将填充设为 0，或减小膨胀。',
      },
    },
    otherwise: { message: '层的一个参数缺失、类型不符或超出范围。', fix: '改正该参数。' },
  },
  'shape-too-large': {
    cases: {
      any: {
        message: '{node} 需要 {shape} 的张量，大到无法计算。',
        expected: '至多 {most} 个数',
        fix: '减小 {node} 的各项尺寸。',
      },
    },
    otherwise: { message: '一层的张量大到无法计算。', fix: '减小该层的各项尺寸。' },
  },
  'embedding-ids': {
    cases: {
      'not-samples': {
        message: '{node} 查找词元编号，收到的却是其他层的计算结果。',
        expected: '样本的词元编号',
        fix: '将 {node} 接到 Input 层。',
      },
      'not-texts': {
        message: '{node} 查找词元编号，但样本不是文本。',
        expected: '经过 tokenize、vocabulary 与 pad 的文本',
        fix: '选择文本数据集，或移除 {node}。',
      },
      vocabulary: {
        message: '{node} 有 {count} 个嵌入，词表却有 {vocabulary} 个编号。',
        expected: '嵌入个数 不小于 {vocabulary}',
        fix: '将 {node} 的嵌入个数设为 {vocabulary}。',
      },
      padding: {
        message: '{node} 的填充编号为 {padding}，但编号只到 {last}。',
        expected: '填充编号 不大于 {last}，或 −1 表示没有',
        fix: '将 {node} 的填充编号设为 0。',
      },
    },
    otherwise: { message: '有一层查找词元编号，但收到的不是编号，或其表的行数不够。', fix: '检查该层的输入与参数。' },
  },
  'shape-rank': {
    cases: {
      flatten: {
        message: '{title} 接受 {ranks|ranks} 个轴（含批），{node} 收到 {rank} 个。',
        expected: '{ranks|axes}',
        fix: '在 {node} 前插入 Flatten。',
      },
      connect: {
        message: '{title} 接受 {ranks|ranks} 个轴（含批），{node} 收到 {rank} 个。',
        expected: '{ranks|axes}',
        fix: '将 {node} 接到输出为 {ranks|axes} 的层。',
      },
      output: {
        message: 'Output 接受 N×单元数，{node} 收到 {rank} 个轴。',
        expected: 'N×单元数',
        fix: '在 {node} 前插入 Flatten 与 Linear。',
      },
    },
    otherwise: { message: '输入的轴数不对。', fix: '插入 Flatten 或 Reshape，或改接别的层。' },
  },
  'shape-kernel-too-large': {
    cases: {
      any: {
        message: '{node} 的窗口在{axis|axis}方向上大于填充后的输入。',
        expected: '输入{axis|axis}至少为 {least}',
        received: '{shape} 中{axis|axis}为 {size}',
        fix: '将窗口减到 {room} 或更小，或将填充加到 {padding}。',
      },
    },
    otherwise: { message: '窗口大于填充后的输入。', fix: '减小窗口，或加大填充。' },
  },
  'shape-mismatch': {
    cases: {
      channels: {
        message: '{node}：两个输入的通道数不同：{to} 与 {from}。',
        expected: '{port} 的形状为 {shape}',
        fix: '在 {port} 前插入 {to} 个滤波器的 1×1 Conv2d，或断开 {port}。',
      },
      shapes: {
        message: '{node}：输入的形状不同。',
        expected: '{port} 的形状为 {shape}',
        fix: '将 {port} 接到输出为 {shape} 的层。',
      },
      concat: {
        message: '{node}：除轴 {axis} 外，输入的尺寸也不同。',
        expected: '{port} 与 {shape} 只在轴 {axis} 上不同',
        fix: '将 {port} 接到其余尺寸一致的层，或将其断开。',
      },
      normalized: {
        message: '{node} 归一化 {sizes}，但其输入不以此形状结尾。',
        expected: '以 {sizes} 结尾的输入',
        fix: '将归一化形状设为 [{sample}] 或其末尾一段，或设为 null。',
      },
    },
    otherwise: { message: '各输入的形状不相容。', fix: '改接形状相容的层。' },
  },
  'shape-groups': {
    cases: {
      any: {
        message: '{node} 无法将 {count} 个{side|word}分成 {groups} 组。',
        expected: '{side|word}数能被组数整除',
        received: '{count} 个{side|word}，{groups} 组',
        fix: '将 groups 设为 {channels} 与 {filters} 的公约数，例如 1。',
      },
    },
    otherwise: { message: '通道数不能被组数整除。', fix: '将 groups 设为 1。' },
  },
  'shape-reshape': {
    cases: {
      any: {
        message: '{node} 无法将 {from} 变为 {to}。',
        expected: '各尺寸之积为 {count}，至多一个为 −1',
        fix: '将“形状”设为乘积为 {count} 的尺寸，或 [-1]。',
      },
    },
    otherwise: { message: '变形前后的元素个数不同。', fix: '将“形状”设为 [-1]。' },
  },
  'shape-input': {
    cases: {
      unknown: {
        message: '样本的形状未知。',
        expected: '数据集，或 Input 层上的形状',
        fix: '选择数据集，或设置 Input 层的“形状”，例如 [1, 28, 28]。',
      },
      differs: {
        message: '{node} 称样本形状为 {shape}，但数据为 {sample}。',
        expected: '{sample}',
        fix: '将 {node} 的“形状”设为 {sample}，或设为 null 以取自数据。',
      },
    },
    otherwise: { message: 'Input 层与数据不符。', fix: '将 Input 的“形状”设为 null，以取自数据。' },
  },
  'output-units': {
    cases: {
      classes: {
        message: '网络末端有 {found} 个单元，但数据有 {count} 个类别。',
        expected: 'N×{units}',
        fix: '将最后一个 Linear 层的“输出特征数”设为 {units}。',
      },
      targets: {
        message: '网络末端有 {found} 个单元，但数据有 {count} 个目标。',
        expected: 'N×{units}',
        fix: '将最后一个 Linear 层的“输出特征数”设为 {units}。',
      },
    },
    otherwise: { message: '输出单元数与标签不符。', fix: '修改最后一个 Linear 层的“输出特征数”。' },
  },
  'output-loss': {
    cases: {
      task: {
        message: '损失“{given}”用于{tasks|words}，但任务是{task|word}。',
        expected: '{known|list} 之一',
        fix: '改用损失 {loss}。',
      },
      classes: {
        message: '损失“{given}”无法区分 {count} {unit|word}。',
        expected: '2 个类别',
        received: '{count} {unit|word}',
        fix: '改用损失 {loss}。',
      },
    },
    otherwise: { message: '损失与任务不符。', fix: '改用适合任务的损失。' },
  },
  'softmax-before-cross-entropy': {
    cases: {
      any: {
        message: '{node} 在交叉熵之前做了 softmax，而交叉熵会再做一次。',
        expected: 'Output 之前为原始得分',
        received: 'Softmax 的概率',
        fix: '移除 {node}；导出的模型仍返回概率。',
      },
    },
    otherwise: { message: '交叉熵之前多做了一次 softmax。', fix: '移除 Output 之前的 Softmax。' },
  },
  'training-setting': {
    cases: {
      unknown: { message: '{owner} 没有参数“{name}”。', expected: '{known|list}', fix: '移除“{name}”，或改正其名称。' },
      value: {
        message: '{owner} 的“{title}”须为{type|spec}。',
        expected: '{type|spec}',
        fix: '将“{title}”设为{type|spec}；默认值为 {default}。',
      },
      'unknown-choice': {
        message: '此处没有“{kind}”。',
        expected: '{known|list} 之一',
        fix: '从 {known|list} 中选择。',
      },
      watched: {
        message: '在{task|word}任务中，早停不能以“{metric}”为准。',
        expected: '{known|list} 之一',
        fix: '从 {known|list} 中选择。',
      },
      balanced: {
        message: '{task|word}任务没有类别，不能按类别均衡抽样。',
        expected: '分类任务，或关闭均衡抽样',
        fix: '关闭均衡抽样。',
      },
      'least-batch': {
        message: '{layer} 训练时每个通道只有 1 个值，无从得到均值与方差。',
        expected: '每批至少 {samples} 个样本',
        received: '每批 {batchSize} 个样本',
        fix: '将批大小设为 {samples} 或更大，或冻结 {layer}，或改用 LayerNorm。',
      },
      'least-samples': {
        message: '{layer} 训练时每个通道只有 1 个值，无从得到均值与方差。',
        expected: '每批至少 {samples} 个样本',
        received: '训练集只有 {batchSize} 个样本',
        fix: '让训练集至少有 {samples} 个样本，或冻结 {layer}，或改用 LayerNorm。',
      },
      'class-weights': {
        message: '类别权重有 {count} 个，但数据有 {classes} 个类别。',
        expected: '{classes} 个权重，按类别顺序',
        fix: '为 {classes} 个类别各给一个权重，或不设权重。',
      },
      'unweighted-validation': {
        message: '无法得到验证损失：{count} 个验证样本的类别权重都是 0。',
        fix: '让验证集包含权重大于 0 的类别，或设其他权重；否则按准确率选出最佳轮次。',
      },
      'no-class-weight': {
        message: '所有类别权重都是 0，没有可学习的内容。',
        expected: '至少一个大于 0 的权重',
        fix: '把类别权重设为大于 0 的数，或不设权重。',
      },
    },
    otherwise: { message: '一项训练设置超出范围。', fix: '改正该设置。' },
  },
} as const satisfies Partial<Record<ProblemCode, Translated>>
