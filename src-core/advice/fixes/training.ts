/** Fixes between the end of the network and its training: units, loss, a redundant softmax. */
import { text } from '../../base/text'
import { locateNode } from '../../graph/blocks'
import type { GraphNode } from '../../graph/project'
import { graphAt } from '../../graph/scope'
import { dense } from '../../layers/building'
import { findLayer } from '../../layers/index'
import { insertBefore, paramTitle, removing } from './edits'
import { sourceInto, type Fix, type FixContext, type FixRule } from './fix'

/** The parameter that sets the number of units or channels of a kind of layer. */
export function widthParam(kind: string): string | undefined {
  const width = findLayer(kind)?.width
  return typeof width === 'object' ? width.param : undefined
}

/**
 * The layer that decides how many units or channels the layer `id` of the expanded network has, going back through what keeps them.
 */
export function widthSetter(
  context: FixContext,
  id: string,
): { readonly id: string; readonly node: GraphNode } | undefined {
  let at: string | undefined = id
  for (let steps = 0; at !== undefined && steps < context.expanded.nodes.length; steps++) {
    const found: string = at
    const place = locateNode(found)
    const node = graphAt(context.project.graph, place.scope)?.nodes.find((other) => other.id === place.id)
    if (!node) return undefined
    if (widthParam(node.kind) !== undefined) return { id: found, node }
    const before = sourceInto(context, found)
    const shape = before === undefined ? undefined : context.layer(before)?.shape
    const declared = findLayer(node.kind)?.width
    const width = typeof declared === 'function' ? shape && declared(shape) : declared
    if (width !== 'kept') return undefined
    at = before
  }
  return undefined
}

/** Changes the width of the layer that determines it. */
export function settingWidth(setter: { readonly id: string; readonly node: GraphNode }, width: number): Fix {
  const name = widthParam(setter.node.kind)!
  const { id, kind } = setter.node
  const title = paramTitle(kind, name)
  return {
    label: text(`Set ${title.en} of ${id} to ${width}`, `将 ${id} 的${title.zh}设为 ${width}`),
    command: { type: 'node.setParam', scope: locateNode(setter.id).scope, id, name, value: width },
  }
}

export const outputUnits: FixRule = (context) => {
  const { problem, node } = context
  const units = problem.data?.units
  if (!node || typeof units !== 'number') return []
  const before = sourceInto(context, node.id)
  const setter = before === undefined ? undefined : widthSetter(context, before)
  const layers = [dense(units)]
  const label = text(`Append Linear with ${units} units`, `追加 ${units} 个单元的 Linear`)
  return [...(setter ? [settingWidth(setter, units)] : []), ...insertBefore(context, 'x', layers, label)]
}

export const lossOfTask: FixRule = ({ problem, project, facts }) => {
  const loss = problem.data?.loss
  const choose: Fix[] =
    typeof loss === 'string'
      ? [
          {
            label: text(`Choose the loss ${loss}`, `改用损失 ${loss}`),
            command: { type: 'training.set', settings: { loss: { kind: loss } } },
          },
        ]
      : []
  const task = facts?.target.kind === 'numbers' ? 'regression' : 'classification'
  if (!facts || task === project.task) return choose
  const name = task === 'regression' ? text('regression', '回归') : text('classification', '分类')
  return [
    {
      label: text(`Change the task to ${name.en}`, `将任务改为${name.zh}`),
      command: { type: 'project.setTask', task },
    },
    ...choose,
  ]
}

export const softmaxBeforeLoss: FixRule = (context) => (context.node ? [removing(context, context.node.id)] : [])
