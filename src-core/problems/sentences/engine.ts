/** The problems of training steps, of devices and of the models that are exported. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const finite = text('finite numbers', '有限的数')
const lossReceived = text(
  'a loss of {loss} at the learning rate {learningRate}',
  '损失为 {loss}，学习率为 {learningRate}',
)
const weightsReceived = text(
  'weights that are not finite after a loss of {loss} at the learning rate {learningRate}',
  '损失为 {loss}、学习率为 {learningRate} 的一步之后权重不是有限的数',
)
const lowerRate = text(
  'Lower the learning rate to {suggestedLearningRate}, and normalize the input if it is not.',
  '将学习率降至 {suggestedLearningRate}；若输入未归一化，则先归一化。',
)
const failedStep = {
  expected: text('a small network computed on {title}', '能在 {title} 上计算一个小网络'),
  received: '{received}',
} as const
const noDevice = text('{title} cannot be used on this machine.', '{title} 在这台计算机上不可用。')

const notFinite = {
  weights: {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: weights were not finite.',
      '训练在第 {epoch} 轮第 {step} 步中断：权重不是有限的数。',
    ),
    expected: finite,
    received: weightsReceived,
    fix: lowerRate,
  },
  update: {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: the update of {name} gave {value}.',
      '训练在第 {epoch} 轮第 {step} 步中断：{name} 更新后出现 {value}。',
    ),
    expected: finite,
    received: weightsReceived,
    fix: lowerRate,
  },
  'loss-only': {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: the loss was not finite.',
      '训练在第 {epoch} 轮第 {step} 步中断：损失不是有限的数。',
    ),
    expected: finite,
    received: lossReceived,
    fix: lowerRate,
  },
  input: {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: the pre-processed input has {value}.',
      '训练在第 {epoch} 轮第 {step} 步中断：预处理后的输入中有 {value}。',
    ),
    expected: finite,
    received: lossReceived,
    fix: text(
      'Look at the data: fill missing values, clip outliers, standardize the columns.',
      '检查数据：填补缺失值、截断离群值、标准化各列。',
    ),
  },
  layer: {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: {node} was the first layer to give {value}.',
      '训练在第 {epoch} 轮第 {step} 步中断：{node} 最先输出 {value}。',
    ),
    expected: finite,
    received: lossReceived,
    fix: lowerRate,
  },
  loss: {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: the loss was not finite although all layers gave finite numbers.',
      '训练在第 {epoch} 轮第 {step} 步中断：所有层的输出都是有限的数，损失却不是。',
    ),
    expected: finite,
    received: lossReceived,
    fix: lowerRate,
  },
  'no-weight': {
    message: text(
      'Training broke down in epoch {epoch}, step {step}: all samples of the batch belong to classes with the weight 0, so their loss has no mean.',
      '训练在第 {epoch} 轮第 {step} 步中断：该批样本的类别权重全为 0，损失没有均值。',
    ),
    expected: text('a sample with a weight above 0 in every batch', '每批至少一个权重大于 0 的样本'),
    received: text('{batch} {batch?sample/samples, all} with the weight 0', '{batch} 个样本，权重均为 0'),
    fix: text(
      'Give every class a weight above 0, or make the batches larger.',
      '把每个类别的权重设为大于 0，或增大批大小。',
    ),
  },
  unexplained: {
    message: text(
      'Training broke down in epoch {epoch}, within the steps after {step}: the loss was not finite.',
      '训练在第 {epoch} 轮第 {step} 步之后中断：损失不是有限的数。',
    ),
    expected: finite,
    received: text(
      'a loss that was not finite, and was finite when the same steps were taken again',
      '损失不是有限的数，重做相同的步骤时却是',
    ),
    fix: text(
      'Lower the learning rate, or train on the CPU, where the layer can be found.',
      '降低学习率，或在 CPU 上训练，以便找出出错的层。',
    ),
  },
} as const

export const engineSentences = {
  'training-not-finite': {
    cases: notFinite,
    otherwise: { message: '损失或网络中的某个值变成了 NaN 或无穷大。', fix: '降低学习率，或裁剪梯度。' },
  },
  'training-memory': {
    cases: {
      needed: {
        message: text(
          'A training step would need more memory than this machine has.',
          '一步训练所需的内存超过这台计算机的内存。',
        ),
        expected: text('less than {room}', '小于 {room}'),
        received: text('about {size} at a batch size of {given}', '批大小为 {given} 时约需 {size}'),
        fix: text(
          'Set the batch size to {batchSize} or less, or make the network smaller.',
          '将批大小设为 {batchSize} 或更小，或减小网络。',
        ),
      },
      step: {
        message: text('There was not enough memory for a training step.', '内存不足，无法完成一步训练。'),
        expected: text('room for the activations of a batch', '足以存放一批样本的激活值'),
        received: '{received}',
        fix: text(
          'Choose a smaller batch size or a smaller network, or close other programs.',
          '减小批大小或网络，或关闭其他程序。',
        ),
      },
    },
    otherwise: { message: '一步训练所需的内存超过现有内存。', fix: '减小批大小或网络。' },
  },
  'device-unavailable': {
    cases: {
      network: {
        message: text(
          'The network cannot be trained on {device} on this machine.',
          '此网络无法在这台计算机的 {device} 上训练。',
        ),
        expected: text('a training step on {device}', '能在 {device} 上完成一步训练'),
        received: '{received}',
        fix: text('Choose the device cpu.', '选择设备 cpu。'),
      },
      library: {
        message: text(
          'ONNX Runtime could not be loaded, so nothing can be computed on this machine.',
          'ONNX Runtime 无法加载，因此无法在这台计算机上计算。',
        ),
        expected: text(
          'the native library of onnxruntime-node for this system',
          '适用于此系统的 onnxruntime-node 原生库',
        ),
        received: '{received}',
        fix: text(
          'Run npm install again on this machine. Linux needs glibc 2.28 or later, Windows the Visual C++ runtime.',
          '在这台计算机上重新运行 npm install。Linux 需要 glibc 2.28 或更高版本，Windows 需要 Visual C++ 运行库。',
        ),
      },
      cpu: { message: noDevice, ...failedStep, fix: text('Reinstall Layerloom.', '重新安装 Layerloom。') },
      webgpu: {
        message: noDevice,
        ...failedStep,
        fix: text(
          'Install a graphics driver with Vulkan (Linux), or update it; or choose the device cpu.',
          '安装支持 Vulkan 的显卡驱动程序（Linux），或将其更新；也可选择设备 cpu。',
        ),
      },
      cuda: {
        message: noDevice,
        ...failedStep,
        fix: text(
          'It needs an NVIDIA card, CUDA 12 with cuDNN 9, and ONNX Runtime’s CUDA libraries; or choose the device cpu.',
          '它需要 NVIDIA 显卡、CUDA 12 与 cuDNN 9，以及 ONNX Runtime 的 CUDA 库；也可选择设备 cpu。',
        ),
      },
      dml: {
        message: noDevice,
        ...failedStep,
        fix: text(
          'DirectML exists on Windows only; choose webgpu, or cpu.',
          'DirectML 仅用于 Windows；选择 webgpu 或 cpu。',
        ),
      },
    },
    otherwise: { message: '所选设备在这台计算机上不可用。', fix: '选择其他设备。' },
  },
  'run-interrupted': {
    cases: {
      any: {
        message: text('Stopped before training began.', '在训练开始之前已停止。'),
        fix: text(
          'Start it again: the steps of the data that were finished are kept.',
          '再次开始：已准备好的数据会保留。',
        ),
      },
    },
  },
  'run-elsewhere': {
    cases: {
      any: {
        message: text('The run is in progress in another process.', '该训练正在另一个进程中进行。'),
        expected: text('a run that was stopped or interrupted', '已停止或已中断的训练'),
        received: text('process {process} on {host}', '{host} 上的进程 {process}'),
        fix: text(
          'Stop it there first; if that process does not exist any more, resume it in spite of this (--force).',
          '先在那里停止它；若该进程已不存在，可选择“仍要继续”（--force）。',
        ),
      },
    },
    otherwise: {
      message: '该训练正在另一个进程中进行。',
      fix: '先在那里停止它；若该进程已不存在，可选择“仍要继续”。',
    },
  },
  'run-ended': {
    cases: {
      done: {
        message: text(
          'The run has ended; it can continue with more epochs only.',
          '该训练已结束，只能增加轮次后继续。',
        ),
        expected: text('more than {epochs} epochs', '多于 {epochs} 轮'),
        received: text('{epochs} epochs, {reason|word}', '{epochs} 轮，{reason|word}'),
        fix: text('Ask for more epochs, counted from the beginning of the run.', '增加轮次，从训练开始计起。'),
      },
      epochs: {
        message: text(
          'The run has ended; it can continue with more epochs only.',
          '该训练已结束，只能增加轮次后继续。',
        ),
        expected: text('more than {epochs} epochs', '多于 {epochs} 轮'),
        received: text('{asked} epochs', '{asked} 轮'),
        fix: text('Ask for more epochs, counted from the beginning of the run.', '增加轮次，从训练开始计起。'),
      },
    },
    otherwise: { message: '该训练已结束，只能增加轮次后继续。', fix: '增加轮次。' },
  },
  'run-weights': {
    cases: {
      any: {
        message: text('The run has no checkpoint to continue from.', '该运行没有可供继续的检查点。'),
        expected: text('a whole checkpoints/last.safetensors', '完整的 checkpoints/last.safetensors'),
        received: text('none', '无'),
        fix: text('Start it again.', '重新开始训练。'),
      },
    },
    otherwise: { message: '该运行记录还没有权重。', fix: '至少训练一个轮次。' },
  },
  'export-mismatch': {
    cases: {
      any: {
        message: text(
          'The exported model gives other numbers than the trainer on {samples} {samples?sample/samples}.',
          '导出的模型在 {samples} 个样本上的输出与训练器不一致。',
        ),
        expected: text(
          'outputs up to {scale} that agree to {tolerance}',
          '最大为 {scale} 的输出，相差不超过 {tolerance}',
        ),
        received: text('a difference of {difference}', '相差 {difference}'),
        fix: text(
          'Do not use the file; the checkpoints of the run are unharmed. Report this with the project.',
          '不要使用此文件；运行的检查点完好。附上项目报告此问题。',
        ),
      },
    },
    otherwise: { message: '导出的模型与训练器的结果不一致。', fix: '再导出一次；若仍不一致，应报告此问题。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
