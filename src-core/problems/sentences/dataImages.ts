/** Image files that cannot be decoded, and images that do not belong together. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const bmp = {
  message: text('This BMP image cannot be read.', '此 BMP 图像无法读取。'),
  fix: text('Save the image as PNG.', '将图像存为 PNG。'),
}
const complete = {
  expected: text('a complete {format} image', '完整的 {format} 图像'),
  fix: text('Copy, download or save the image again, or remove it.', '重新复制、下载或保存该图像，或将其移除。'),
}
const unknown = {
  message: text('This is not an image of a format that is read.', '这不是可读取格式的图像。'),
  expected: text('PNG, JPEG, WebP, BMP, TIFF, GIF, PGM or PPM', 'PNG、JPEG、WebP、BMP、TIFF、GIF、PGM 或 PPM'),
  fix: text('Convert the image to PNG or JPEG, or remove the file.', '将图像转为 PNG 或 JPEG，或移除该文件。'),
} as const

export const imageCases = {
  'data-format': {
    'image-kind': {
      message: text('This kind of {format} image is not supported.', '不支持这种 {format} 图像。'),
      expected: text('gray, RGB or CMYK with up to 16 bits per channel', '灰度、RGB 或 CMYK，每通道不超过 16 位'),
      received: '{detail}',
      fix: text('Save the image as PNG with 8 bits per channel.', '将图像另存为每通道 8 位的 PNG。'),
    },
    'image-space': {
      message: text('This kind of {format} image is not supported.', '不支持这种 {format} 图像。'),
      expected: text('gray, RGB or CMYK with up to 16 bits per channel', '灰度、RGB 或 CMYK，每通道不超过 16 位'),
      received: text('{space} with channels of the type {depth}', '{space}，通道类型为 {depth}'),
      fix: text('Save the image as PNG with 8 bits per channel.', '将图像另存为每通道 8 位的 PNG。'),
    },
    'image-damaged': {
      ...complete,
      message: text('The {format} image is damaged.', '{format} 图像已损坏。'),
      received: '{detail}',
    },
    'image-unknown': { ...unknown, received: '{received|word}' },
    'image-bytes': { ...unknown, received: text('the bytes {bytes}', '字节 {bytes}') },
    'image-extension': {
      message: text(
        'The file is named as {named|word} but is {format|word}; it is read as what it is.',
        '文件名为 {named|word}，内容却是 {format|word}，按内容读取。',
      ),
      expected: '{named|word}',
      received: '{format|word}',
      fix: text('Nothing; rename the file to silence this.', '不必处理；改名后不再提示。'),
    },
    'bmp-header': {
      ...bmp,
      expected: text('a header of 12 or 40 to 256 bytes', '12 字节或 40 至 256 字节的文件头'),
      received: text('{size} bytes', '{size} 字节'),
    },
    'bmp-size': {
      ...bmp,
      expected: text('a width and height of at least 1', '宽与高不小于 1'),
      received: '{width} × {height}',
    },
    'bmp-bits': {
      ...bmp,
      expected: text('1, 4, 8, 16, 24 or 32 bits a pixel', '每像素 1、4、8、16、24 或 32 位'),
      received: '{received}',
    },
    'bmp-compression': { ...bmp, expected: text('no compression', '未压缩'), received: '{received|word}' },
    'bmp-compression-code': {
      ...bmp,
      expected: text('no compression', '未压缩'),
      received: text('compression {compression} with {bits} bits a pixel', '压缩方式 {compression}，每像素 {bits} 位'),
    },
    'bmp-entry': {
      ...bmp,
      expected: text('a palette entry below {entries}', '小于 {entries} 的调色板编号'),
      received: text('entry {index}', '编号 {index}'),
    },
    'bmp-palette': {
      ...bmp,
      expected: text('a palette of at most {most} colors', '不超过 {most} 种颜色的调色板'),
      received: text('{count} colors', '{count} 种颜色'),
    },
    'bmp-masks': {
      ...bmp,
      expected: text('masks of bits that lie side by side', '由相邻位组成的掩码'),
      received: '{received}',
    },
    'pnm-kind': {
      message: text('This is not a binary PGM or PPM image.', '这不是二进制的 PGM 或 PPM 图像。'),
      expected: text('P5 or P6, width, height and largest value', 'P5 或 P6、宽、高与最大值'),
      received: '{received|word}',
      fix: text(
        'Save the image as binary PGM or PPM ("raw", not "ASCII").',
        '将图像存为二进制 PGM 或 PPM（“raw”而非“ASCII”）。',
      ),
    },
    'pnm-header': {
      message: text('The header of the image is impossible.', '图像的文件头不可能成立。'),
      expected: text(
        'a width and height of at least 1 and a largest value of 1 to 65535',
        '宽与高不小于 1，最大值为 1 至 65535',
      ),
      received: text('{width} × {height}, largest value {largest}', '{width} × {height}，最大值 {largest}'),
      fix: text('Save the image again.', '重新保存该图像。'),
    },
    'single-image': {
      message: text('A single image is no data set.', '单个图像不是数据集。'),
      expected: text(
        'a folder with one folder of images per class, or a table that lists images',
        '每个类别各有一个图像文件夹的文件夹，或列出图像的表格',
      ),
      received: '{received}',
      fix: text('Choose the folder that the classes are in.', '选择各类别文件夹所在的文件夹。'),
    },
  },
  'data-empty': {
    'image-unknown': { ...unknown, received: '{received|word}' },
  },
  'data-truncated': {
    'image-end': {
      ...complete,
      message: text('The {format} image ends too early.', '{format} 图像过早结束。'),
      received: text('{size} bytes', '{size} 字节'),
    },
    'bmp-end': {
      message: text('The BMP image ends too early.', 'BMP 图像过早结束。'),
      expected: text('{bytes} bytes', '{bytes} 字节'),
      received: text('{size} bytes', '{size} 字节'),
      fix: complete.fix,
    },
    'pnm-end': {
      message: text('The image is shorter than its header says.', '图像比其文件头所述的短。'),
      expected: text(
        '{bytes} bytes for {width} × {height} × {channels}',
        '{width} × {height} × {channels} 共 {bytes} 字节',
      ),
      received: text('{size} bytes', '{size} 字节'),
      fix: text('Copy or save the image again.', '重新复制或保存该图像。'),
    },
  },
  'data-too-large': {
    'image-pixels': {
      message: text('The image has too many pixels.', '图像的像素太多。'),
      expected: text('at most {most} pixels', '至多 {most} 个像素'),
      received: '{width} × {height}',
      fix: text('Make the image smaller, or remove it.', '缩小该图像，或将其移除。'),
    },
    'image-decoding': {
      message: text('The {format} image has too many pixels.', '{format} 图像的像素太多。'),
      expected: text('an image of at most {most} pixels', '至多 {most} 个像素的图像'),
      received: '{detail}',
      fix: text('Make the image smaller.', '缩小该图像。'),
    },
  },
  'data-suspicious': {
    levels: {
      message: text(
        '{count} of {deep} images with 16 bits per channel use so few of the values {low} to {high} that at most 16 gray levels of them are left.',
        '{deep} 个 16 位图像中有 {count} 个只用到 {low} 至 {high} 的极小部分，最多只剩 16 级灰度。',
      ),
      expected: text('images that use the same range of values', '数值范围相同的图像'),
      received: text('{count} images within a sixteenth of it', '{count} 个图像不到该范围的十六分之一'),
      fix: text(
        'Set the levels to the range that matters, or bring the images to one range.',
        '把灰度范围设为有意义的部分，或统一图像的范围。',
      ),
    },
  },
} as const satisfies CasesByCode
