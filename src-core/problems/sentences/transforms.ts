/** The problems of transforms, and of looking at what they do. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'
import { paramCases } from './params'

const { value } = paramCases

export const transformSentences = {
  'data-transform': {
    cases: {
      value,
      unknown: {
        message: text('There is no transform named {kind}.', '没有名为“{kind}”的变换。'),
        expected: '{known|list}',
        received: '{kind}',
        fix: text('Correct the name or remove the step.', '改正名称，或移除该步骤。'),
      },
      'not-images': {
        message: text('{step} works on images.', '{step} 只用于图像。'),
        expected: text('samples of channels×height×width', '形状为 通道×高×宽 的样本'),
        received: '{received}',
        fix: text(
          'Remove {step} or switch it off; tables and texts are prepared once, by pre-transforms.',
          '移除或关闭 {step}；表格与文本由预处理一次完成。',
        ),
      },
      late: {
        message: text(
          '{step} works on pixels from 0 to 1 and stands behind {before}, which ends them.',
          '{step} 处理 0 到 1 的像素，而 {before} 之后的像素不在此范围内。',
        ),
        expected: text('{step} before {before}', '{step} 在 {before} 之前'),
        received: text('{step} after {before}', '{step} 在 {before} 之后'),
        fix: text('Move {step} in front of {before}.', '把 {step} 移到 {before} 之前。'),
      },
      'even-kernel': {
        message: text('{step}: a kernel has a middle, so its sides are odd.', '{step} 的核须有中心，边长应为奇数。'),
        expected: text('odd numbers', '奇数'),
        received: '{received}',
        fix: text('Set the kernel to {kernel}.', '把核大小设为 {kernel}。'),
      },
      'large-kernel': {
        message: text(
          '{step}: the kernel is too large for the images, which are mirrored at their rim.',
          '{step} 的核对这些图像来说太大。',
        ),
        expected: text('at most {most}', '至多 {most}'),
        received: '{received}',
        fix: text('Choose a smaller kernel.', '减小核大小。'),
      },
      channels: {
        message: text(
          '{step} works on gray images and on red, green and blue; these images have {count} channels.',
          '{step} 只用于灰度或红绿蓝图像，这些图像有 {count} 个通道。',
        ),
        expected: text('1 or 3 channels', '1 或 3 个通道'),
        received: text('{count} channels', '{count} 个通道'),
        fix: text('Remove {step} or switch it off.', '移除或关闭 {step}。'),
      },
      numbers: {
        message: text(
          '{step}: the images have {channels} {channels?channel/channels}, but “{name}” has {count} {count?number/numbers}.',
          '{step} 的数字与图像不符：图像有 {channels} 个通道，“{name}”给出了 {count} 个数字。',
        ),
        expected: text('1 number, or one per channel', '1 个数字，或每个通道一个'),
        received: text('{count} {count?number/numbers}', '{count} 个数字'),
        fix: text(
          'Give one number per channel, or null to take them from the training split.',
          '每个通道给一个数字，或留空由训练集计算。',
        ),
      },
      translate: {
        message: text('{step}: “Translate” is not a pair of shares.', '{step} 的平移须为两个比例。'),
        expected: text('2 numbers between 0 and 1', '2 个 0 到 1 之间的数'),
        received: '{received}',
        fix: text(
          'Give the largest move across and along, e.g. [0.1, 0.1].',
          '给出横向与纵向的最大平移，例如 [0.1, 0.1]。',
        ),
      },
      window: {
        message: text(
          '{step}: the window is larger than the image with its margin, which is {most}.',
          '{step} 的窗口大于补边后的图像，最大为 {most}。',
        ),
        expected: text('at most {most}', '至多 {most}'),
        received: '{received}',
        fix: text('Make the window smaller or the padding larger.', '减小窗口，或增大补边。'),
      },
      'no-range': {
        message: text('This step draws nothing, so it has no worst case.', '此步骤没有随机数，因此没有极端情形。'),
        expected: text('a random step that is switched on', '已启用的随机步骤'),
        received: '{received|word}',
        fix: text('Choose a random step.', '选择一个随机步骤。'),
      },
    },
    otherwise: {
      message: '有一项变换不存在、设置有误、位置不当或不适合这些图像。',
      fix: '修改、移动或移除该项变换。',
    },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
