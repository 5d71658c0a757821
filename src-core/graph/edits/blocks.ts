/** Edits that create, ungroup and repeat blocks. */
import type { GroupBlock, SetRepeat, UngroupBlock } from '../commands'
import { groupNodes, ungroupBlock } from '../groupBlocks'
import type { Ports } from '../ports'
import type { NetworkGraph } from '../project'
import { getBlock, replaceNode } from '../scope'

export function groupLayers(graph: NetworkGraph, { ids, id }: GroupBlock, ports: Ports): NetworkGraph {
  return groupNodes(graph, ids, ports, id).graph
}

export function ungroupLayers(graph: NetworkGraph, { id }: UngroupBlock): NetworkGraph {
  return ungroupBlock(graph, id).graph
}

export function setRepeat(graph: NetworkGraph, { id, repeat }: SetRepeat): NetworkGraph {
  const block = getBlock(graph, id)
  return (block.repeat ?? 1) === repeat ? graph : replaceNode(graph, { ...block, repeat })
}
