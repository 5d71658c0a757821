/** Resizes all images to one size. */
import { asPair, choice, pair, text } from '../../params/params'
import { defineImagePreTransform } from '../preTransform'

export const resize = defineImagePreTransform({
  kind: 'resize',
  on: 'image',
  onlyShape: true,
  title: text('Resize', '缩放'),
  doc: text(
    'Resizes every image to one size, smoothing when it shrinks.',
    '把所有图像缩放到同一尺寸，缩小时进行平滑。',
  ),
  params: {
    size: pair(text('Size', '尺寸'), {
      default: 64,
      min: 1,
      doc: text('Height and width in pixels; one number for both.', '高和宽（像素）；一个数表示两者相同。'),
    }),
    mode: choice(text('Mode', '方式'), {
      default: 'fill',
      options: ['stretch', 'fit', 'fill', 'crop'],
      names: {
        stretch: text('Stretch', '拉伸'),
        fit: text('Fit', '完整'),
        fill: text('Fill', '填满'),
        crop: text('Crop', '裁切'),
      },
      doc: text(
        'stretch: the whole image, distorted; fit: the whole image, with black bars; fill: undistorted, overflow is cropped; crop: no scaling, the center is kept.',
        '拉伸（stretch）：整幅图像，可能变形；完整（fit）：整幅图像，四周补黑；填满（fill）：不变形，裁去超出部分；裁切（crop）：不缩放，取中间部分。',
      ),
    }),
  },
  result(size, params) {
    const [height, width] = asPair(params.size)
    return { ...size, height, width }
  },
})
