/** Crops the center of every image. */
import { asPair, pair, text } from '../../params/params'
import { defineImagePreTransform } from '../preTransform'

export const centerCrop = defineImagePreTransform({
  kind: 'center-crop',
  on: 'image',
  onlyShape: true,
  title: text('Center crop', '中心裁剪'),
  doc: text(
    'Crops the center of every image; smaller images are padded with black.',
    '截取每幅图像的中间部分；较小的图像四周补黑。',
  ),
  params: {
    size: pair(text('Size', '尺寸'), {
      default: 56,
      min: 1,
      doc: text('Height and width in pixels; one number for both.', '高和宽（像素）；一个数表示两者相同。'),
    }),
  },
  result(size, params) {
    const [height, width] = asPair(params.size)
    return { ...size, height, width }
  },
})
