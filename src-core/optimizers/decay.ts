/** The weight-decay parameter shared by all optimizers. */
import { real, text } from '../params/params'

export const weightDecay = (value: number) =>
  real(text('Weight decay', '权重衰减'), {
    default: value,
    min: 0,
    doc: text(
      'Pulls weights toward zero; 0.0001 to 0.01 reduces overfitting.',
      '把权重拉向零；0.0001 到 0.01 可减轻过拟合。',
    ),
  })
