/**
 * Templates and recent files for the gallery. Sizes and results match the real networks; the app gets its own from the
 * host.
 */
import type { PictureBar, StartBackend, TemplateEntry } from '../start/useStartBackend'
import type { LayerCategory } from '../ui/categoryGlyphs'

const bars = (text: string): readonly PictureBar[] =>
  text.split(' ').map((bar) => {
    const [category = 'io', width = '4', height = '40'] = bar.split(':')
    return { category: category as LayerCategory, width: Number(width), height: Number(height) }
  })

const templates: readonly TemplateEntry[] = [
  {
    name: 'mnist-cnn',
    area: 'images',
    parameters: 206_922,
    expected: { kind: 'accuracy', value: 0.99 },
    trainingSeconds: 30,
    recommended: true,
    title: { en: 'MNIST CNN', zh: 'MNIST 卷积网络' },
    summary: { en: 'Two convolutions, two linear layers', zh: '两个卷积层，两个线性层' },
    picture: bars(
      'io:5:56 conv:9:56 act:3:56 pool:6:36 conv:14:36 act:3:36 pool:8:22 linear:6:44 act:3:44 linear:4:18',
    ),
  },
  {
    name: 'mnist-mlp',
    area: 'images',
    parameters: 101_770,
    expected: { kind: 'accuracy', value: 0.978 },
    trainingSeconds: 12,
    title: { en: 'MNIST MLP', zh: 'MNIST 多层感知机' },
    summary: { en: 'Flatten and two linear layers', zh: 'Flatten 与两个线性层' },
    picture: bars('io:5:56 shape:4:64 linear:8:44 act:3:44 linear:5:18'),
  },
  {
    name: 'penguins',
    area: 'tables',
    parameters: 419,
    expected: { kind: 'accuracy', value: 0.98 },
    trainingSeconds: 2,
    title: { en: 'Penguins', zh: '企鹅' },
    summary: { en: 'Species from six columns, some of them missing', zh: '由六列数据判断物种，含缺失值' },
    picture: bars('io:5:28 norm:4:28 linear:8:44 act:3:44 linear:5:14'),
  },
  {
    name: 'cars',
    area: 'tables',
    parameters: 4737,
    expected: { kind: 'error', value: 2, unit: 'mpg' },
    trainingSeconds: 5,
    title: { en: 'Cars', zh: '汽车' },
    summary: { en: 'Fuel economy, a regression', zh: '油耗预测，回归' },
    picture: bars('io:5:28 norm:4:28 linear:10:50 act:3:50 linear:10:50 act:3:50 linear:4:10'),
  },
]

const day = 86_400_000
let recent = [
  { id: 'a', name: 'digits.loom', folder: 'Documents/nets', openedAt: Date.now() - 40 * 60_000 },
  { id: 'b', name: 'penguins-v2.loom', folder: 'Documents/nets', openedAt: Date.now() - day },
  { id: 'c', name: '叶片病害.loom', folder: '项目/植物', openedAt: Date.now() - 5 * day },
  {
    id: 'd',
    name: 'spam-filter-with-a-very-long-name-that-is-cut.loom',
    folder: 'work/mail',
    openedAt: Date.now() - 11 * day,
  },
  { id: 'e', name: 'cifar-resnet.loom', folder: 'work/vision', openedAt: Date.now() - 400 * day, missing: true },
]
let recoverable = [{ id: 'r', name: 'Untitled 2', savedAt: Date.now() - 15 * 60_000 }]

export const fixtureBackend: StartBackend = {
  listTemplates: async () => templates,
  listRecentFiles: async () => recent,
  listRecoverable: async () => recoverable,
  listUnfinished: async () => [{ id: 'u', name: 'Digits', share: 0.49, startedAt: Date.now() - 40 * 60_000 }],
  continueRun: async () => true,
  createFromTemplate: async () => true,
  createEmpty: async () => true,
  chooseFile: async () => false,
  openRecentFile: async () => true,
  forgetRecentFile: async (id) => void (recent = recent.filter((file) => file.id !== id)),
  recover: async () => true,
  discardRecoverable: async (id) => void (recoverable = recoverable.filter((work) => work.id !== id)),
  openDroppedFile: async () => true,
}
