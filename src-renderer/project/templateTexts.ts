/** Start screen texts for the templates bundled with the app; others show their file name. */
import type { TemplateEntry } from '../start/useStartBackend'

type TemplateText = Pick<TemplateEntry, 'title' | 'summary' | 'expected' | 'trainingSeconds' | 'recommended'>

export const templateTexts: Readonly<Record<string, TemplateText>> = {
  'mnist-cnn': {
    title: { en: 'MNIST CNN', zh: 'MNIST 卷积网络' },
    summary: { en: 'Digits with two convolutional and two linear layers', zh: '手写数字：两个卷积层，两个线性层' },
    expected: { kind: 'accuracy', value: 0.989 },
    trainingSeconds: 30,
    recommended: true,
  },
  'mnist-mlp': {
    title: { en: 'MNIST MLP', zh: 'MNIST 多层感知机' },
    summary: {
      en: 'Digits with two linear layers, the tutorial network',
      zh: '手写数字：两个线性层，教程中的网络',
    },
    expected: { kind: 'accuracy', value: 0.943 },
    trainingSeconds: 8,
  },
  'resnet-tiny': {
    title: { en: 'MNIST ResNet', zh: 'MNIST 残差网络' },
    summary: { en: 'Digits with residual blocks and batch normalization', zh: '手写数字：带批归一化的残差块' },
    expected: { kind: 'accuracy', value: 0.99 },
    trainingSeconds: 120,
  },
  penguins: {
    title: { en: 'Penguins', zh: '企鹅' },
    summary: { en: 'Species from six columns, some with missing values', zh: '由六列数据判断物种，含缺失值' },
    expected: { kind: 'accuracy', value: 0.97 },
    trainingSeconds: 2,
  },
  'cars-mpg': {
    title: { en: 'Cars', zh: '汽车油耗' },
    summary: { en: 'Miles per gallon from seven columns (regression)', zh: '由七列数据预测每加仑英里数（回归）' },
    expected: { kind: 'error', value: 2.2, unit: 'mpg' },
    trainingSeconds: 4,
  },
  spam: {
    title: { en: 'Spam filter', zh: '垃圾邮件过滤' },
    summary: { en: 'Spam or not, from the words of an email', zh: '由邮件中的词判断是否为垃圾邮件' },
    expected: { kind: 'accuracy', value: 0.975 },
    trainingSeconds: 3,
  },
  stocks: {
    title: { en: 'Stock prices', zh: '股票价格' },
    summary: {
      en: 'A price from the previous five months (regression)',
      zh: '由前五个月的价格预测当月价格（回归）',
    },
    expected: { kind: 'error', value: 11, unit: 'USD' },
    trainingSeconds: 1,
  },
}
