/** Crops the center of images. */
import { text } from '../../params/params'
import { cropCenter } from '../pixels/crops'
import { sizeParam, windowSize } from '../pixels/sizes'
import { defineTransform } from '../transform'

export const centerCrop = defineTransform({
  kind: 'center-crop',
  title: 'CenterCrop',
  group: 'geometry',
  doc: text(
    'Crops the center of images; smaller ones are padded with black.',
    '裁取图像中央；小于目标尺寸时四周补黑。',
  ),
  params: {
    size: sizeParam(
      text(
        'Height and width after the step; one number means a square, null keeps the size.',
        '裁剪后的高与宽；单个数字表示正方形，null 表示保持原尺寸。',
      ),
    ),
  },
  light: () => true,
  check: ([channels, height, width], { size }) => [channels, ...windowSize(size, height, width)],
  lower: ({ b, image, params, shape: [, height, width], target }) =>
    cropCenter(b, image, windowSize(params.size, height, width), 0, target),
})
