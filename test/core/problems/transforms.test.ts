/** Problems of transforms in Chinese: each has its own sentence. */
import { expect, it } from 'vitest'
import { translateProblem } from '#core/problems/translate'
import { checkTransforms, type TransformStep } from '#core/transforms/transformList'

const on = (kind: string, params = {}): TransformStep => ({ kind, enabled: true, ...params })

const chineseOf = (shape: readonly number[], ...steps: TransformStep[]) =>
  checkTransforms(steps, shape).problems.map((problem) => translateProblem(problem, 'zh-CN').message)

it.each<[string, readonly number[], readonly TransformStep[]]>([
  ['没有名为“twist”的变换。', [1, 28, 28], [on('twist')]],
  ['RandomRotation 只用于图像。', [9], [on('random-rotation')]],
  [
    'ColorJitter 处理 0 到 1 的像素，而 Normalize 之后的像素不在此范围内。',
    [3, 8, 8],
    [on('normalize'), on('color-jitter')],
  ],
  ['GaussianBlur 的核须有中心，边长应为奇数。', [1, 28, 28], [on('gaussian-blur', { kernelSize: 4 })]],
  ['GaussianBlur 的核对这些图像来说太大。', [1, 4, 4], [on('gaussian-blur', { kernelSize: 9 })]],
  ['ColorJitter 只用于灰度或红绿蓝图像，这些图像有 4 个通道。', [4, 8, 8], [on('color-jitter')]],
  [
    'Normalize 的数字与图像不符：图像有 3 个通道，“mean”给出了 2 个数字。',
    [3, 8, 8],
    [on('normalize', { mean: [0.5, 0.5] })],
  ],
  ['RandomAffine 的平移须为两个比例。', [1, 28, 28], [on('random-affine', { translate: [0.1] })]],
  ['RandomCrop 的窗口大于补边后的图像，最大为 36×36。', [1, 28, 28], [on('random-crop', { size: 99 })]],
])('%s', (message, shape, steps) => {
  expect(chineseOf(shape, ...steps)).toEqual([message])
})
