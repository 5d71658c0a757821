/** Downloadable datasets: their files with mirrors, sizes and checksums, and what the user should know in advance. */
import type { Text } from '#core/base/text'
import type { DownloadName } from '#core/graph/dataSettings'

/** One file as published; anything from a mirror is checked against its size and checksum. */
export interface DownloadFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** URLs of the file, in the order they are tried. */
  readonly mirrors: readonly string[]
}

export interface DownloadableSet {
  readonly name: DownloadName
  readonly title: string
  readonly doc: Text
  readonly licence: string
  /** Attribution for uses of the data. */
  readonly attribution: string
  readonly page: string
  readonly files: readonly DownloadFile[]
}

type Checksums = readonly (readonly [name: string, bytes: number, sha256: string])[]

function filesOf(folders: readonly string[], checksums: Checksums): DownloadFile[] {
  return checksums.map(([name, bytes, sha256]) => {
    return { name, bytes, sha256, mirrors: folders.map((folder) => folder + name) }
  })
}

/** The Internet Archive's copy of a URL, byte for byte. */
const archived = (address: string): string => `https://web.archive.org/web/2022id_/${address}`

const fashionMnist: DownloadableSet = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  doc: {
    en: '70,000 gray images, 28×28, of clothes, shoes and bags in ten classes; harder than digits.',
    zh: '70,000 张 28×28 灰度图像：衣服、鞋与包，共十类；比手写数字难。',
  },
  licence: 'MIT',
  attribution: 'Xiao, Rasul and Vollgraf, Zalando Research, 2017',
  page: 'https://github.com/zalandoresearch/fashion-mnist',
  // MD5 as published: 8d4fb7e6…, 25c81989…, bef4ecab…, bb300cfd…
  files: filesOf(
    [
      'https://fashion-mnist.s3.eu-central-1.amazonaws.com/',
      'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/',
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    ],
    [
      ['train-images-idx3-ubyte.gz', 26_421_880, '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84'],
      ['train-labels-idx1-ubyte.gz', 29_515, 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845'],
      ['t10k-images-idx3-ubyte.gz', 4_422_102, '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073'],
      ['t10k-labels-idx1-ubyte.gz', 5_148, '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5'],
    ],
  ),
}

const kmnistFolder = 'codh.rois.ac.jp/kmnist/dataset/kmnist/'

const kmnist: DownloadableSet = {
  name: 'kmnist',
  title: 'Kuzushiji-MNIST',
  doc: {
    en: '70,000 gray images, 28×28, of ten cursive Japanese letters from old books.',
    zh: '70,000 张 28×28 灰度图像：古籍中的十个草书假名。',
  },
  licence: 'CC BY-SA 4.0',
  attribution: '“KMNIST Dataset” (created by CODH), adapted from “Kuzushiji Dataset” (created by NIJL and others)',
  page: 'https://codh.rois.ac.jp/kmnist/',
  // MD5 as published: bdb82020…, e144d726…, 5c965bf0…, 7320c461…
  files: filesOf(
    [`https://${kmnistFolder}`, `http://${kmnistFolder}`, archived(`http://${kmnistFolder}`)],
    [
      ['train-images-idx3-ubyte.gz', 18_165_135, '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4'],
      ['train-labels-idx1-ubyte.gz', 29_497, 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17'],
      ['t10k-images-idx3-ubyte.gz', 3_041_136, 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5'],
      ['t10k-labels-idx1-ubyte.gz', 5_120, '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c'],
    ],
  ),
}

const cifar10: DownloadableSet = {
  name: 'cifar10',
  title: 'CIFAR-10',
  doc: {
    en: '60,000 color images, 32×32, of animals and vehicles in ten classes.',
    zh: '60,000 张 32×32 彩色图像：动物与交通工具，共十类。',
  },
  licence: 'No license stated; cite the report when you use it',
  attribution: 'Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009',
  page: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  // MD5 as published: c32a1d4ab5d03f1284b67883e8d87530
  files: filesOf(
    [
      'https://www.cs.toronto.edu/~kriz/',
      'https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/',
      'https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/',
      archived('https://www.cs.toronto.edu/~kriz/'),
    ],
    [['cifar-10-binary.tar.gz', 170_052_171, 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd']],
  ),
}

/** In display order. */
export const downloadableSets: Readonly<Record<DownloadName, DownloadableSet>> = {
  'fashion-mnist': fashionMnist,
  kmnist,
  cifar10,
}

export function totalBytes({ files }: DownloadableSet): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
