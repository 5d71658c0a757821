/** Problems of transforms and of previewing them, in Chinese. */
import type { Translated } from './form'

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
