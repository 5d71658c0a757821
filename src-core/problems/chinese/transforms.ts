/** The problems of transforms, and of looking at what they do, in Chinese. */
import type { Translated } from './form'

export const transformSentences: Translated = {
  cases: {
    unknown: { message: '没有名为“{kind}”的变换。', fix: '改正名称，或移除该步骤。' },
    'not-images': {
      message: '{step} 只用于图像。',
      fix: '移除或关闭 {step}；表格与文本由预处理一次完成。',
    },
    late: {
      message: '{step} 处理 0 到 1 的像素，而 {before} 之后的像素不在此范围内。',
      fix: '把 {step} 移到 {before} 之前。',
    },
    'even-kernel': { message: 'GaussianBlur 的核须有中心，边长应为奇数。', fix: '把核大小设为 {kernel}。' },
    'large-kernel': { message: 'GaussianBlur 的核对这些图像来说太大。', fix: '减小核大小。' },
    channels: {
      message: '{step} 只用于灰度或红绿蓝图像，这些图像有 {count} 个通道。',
      fix: '移除或关闭 {step}。',
    },
    numbers: {
      message: 'Normalize 的数字与图像不符：图像有 {channels} 个通道，给出了 {count} 个数字。',
      fix: '每个通道给一个数字，或留空由训练集计算。',
    },
    translate: { message: 'RandomAffine 的平移须为两个比例。', fix: '给出横向与纵向的最大平移，例如 0.1, 0.1。' },
    window: { message: 'RandomCrop 的窗口大于补边后的图像，最大为 {most}。', fix: '减小窗口，或增大补边。' },
    'no-range': { message: '此步骤没有随机数，因此没有极端情形。', fix: '选择一个随机步骤。' },
  },
  otherwise: {
    message: '有一项变换不存在、设置有误、位置不当或不适合这些图像。',
    fix: '修改、移动或移除该项变换。',
  },
}

export const sealedSentences: Translated = {
  cases: {
    transforms: { message: '样本 {sample} 属于测试集，变换不应参照测试集来选。', fix: '选择其他样本。' },
  },
  otherwise: { message: '测试集已封存，查看前须先计一次查看。', fix: '确认查看测试集，或查看其他样本。' },
}

export const inputSentences: Translated = {
  cases: {
    'no-sample': { message: '没有这个样本：序号从 0 到 {last}。', fix: '选择其他样本。' },
    'too-many': { message: '图像太多，无法同时显示。', fix: '减少样本。' },
  },
  otherwise: { message: '输入与模型不符。', fix: '使用形状与类型相符的输入。' },
}
