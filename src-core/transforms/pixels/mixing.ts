/** Shared by the steps that mix two samples of a batch. */
import { real, text } from '../../params/params'

export const alphaParam = real(text('Alpha', 'α'), {
  default: 1,
  min: 0.01,
  max: 100,
  doc: text(
    'The share is drawn from Beta(α, α): 1 makes all shares equally likely, smaller values favor one of the two images.',
    '比例取自 Beta(α, α) 分布：1 时各比例等可能，越小则越偏向其中一张。',
  ),
})

/** The share of a sample in its own mixture. */
export function shareWords(share: number) {
  if (share === 1) return text('not mixed', '未混合')
  const [own, other] = [Math.round(100 * share), 100 - Math.round(100 * share)]
  return text(`${own} % and ${other} % of the previous image`, `本张 ${own} %，前一张 ${other} %`)
}
