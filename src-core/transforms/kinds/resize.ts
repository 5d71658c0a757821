/** Resizes images. */
import { text, type Pair } from '../../params/params'
import { floatPixels } from '../pixels/image'
import { antialiasParam, resizePixels } from '../pixels/resampling'
import { sizeParam } from '../pixels/sizes'
import { defineTransform } from '../transform'

export const resize = defineTransform({
  kind: 'resize',
  title: 'Resize',
  group: 'geometry',
  doc: text(
    'Resizes images. To resize once and keep the result on disk, use the pre-transform instead.',
    '缩放图像。若只需做一次并保存到磁盘，可在预处理中缩放。',
  ),
  params: {
    size: sizeParam(
      text(
        'Height and width after the step; one number sets the shorter side, null keeps the size.',
        '缩放后的高与宽；单个数字表示短边，null 表示保持原尺寸。',
      ),
    ),
    antialias: antialiasParam,
  },
  check: ([channels, height, width], { size }) => [channels, ...resizedSize(size, height, width)],
  lower: ({ b, image, params, shape: [, height, width] }) => ({
    pixels: resizePixels(b, floatPixels(b, image), resizedSize(params.size, height, width), params.antialias),
  }),
})

/** A single number is the size of the shorter side; the longer side keeps the aspect ratio, truncated to an integer. */
function resizedSize(size: Pair | null, height: number, width: number): readonly [height: number, width: number] {
  if (size === null) return [height, width]
  if (typeof size !== 'number') return size
  const long = Math.floor((size * Math.max(height, width)) / Math.min(height, width))
  return width <= height ? [long, size] : [size, long]
}
