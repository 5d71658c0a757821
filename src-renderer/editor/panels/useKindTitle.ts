/** The name of a kind as the panels show it: PyTorch's for layers, a word for kinds that exist only in the project. */
import { findLayer } from '#core/layers/index'
import { useText } from '../../i18n/useText'
import { blockKinds } from '../palette/layerGroups'

export function useKindTitle(): (kind: string) => string {
  const { t } = useText()
  return (kind) => {
    const block = blockKinds[kind]
    return block === undefined ? (findLayer(kind)?.title ?? kind) : t(block.title)
  }
}
