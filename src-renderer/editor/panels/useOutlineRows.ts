/** The rows of the outline: which are visible, what each shows, and what is open and selected. */
import { computed, ref } from 'vue'
import type { NetworkGraph } from '#core/graph/project'
import { graphAt, type Scope } from '#core/graph/scope'
import { formatShape } from '#core/tensor/shape'
import { useProject } from '../../stores/projectStore'
import { problemsAt, reportsAt } from '../../stores/nodeReport'
import { itemKey, outlineItems, type OutlineItem } from './outlineItems'

export function useOutlineRows() {
  const project = useProject()
  const open = ref<ReadonlySet<string>>(new Set())
  const items = computed(() => (project.project === null ? [] : outlineItems(project.project.graph, open.value)))
  const known = computed(() => knownOf(items.value, project))
  const isSameScope = (scope: Scope): boolean => scope.join('/') === project.scope.join('/')

  /** The content of a row, as plain values. */
  function rowOf({ key, scope, node, level, position, siblings, expanded, reads }: OutlineItem) {
    const report = known.value.reports.get(key)
    const { errors = 0, warnings = 0 } = known.value.problems.get(key) ?? {}
    return {
      itemKey: key,
      id: node.id,
      kind: node.kind,
      level,
      position,
      siblings,
      expanded,
      selected: isSameScope(scope) && project.selection.has(node.id),
      shape: report?.shape ? formatShape(report.shape) : '',
      assumed: report?.assumed ?? false,
      sources: reads.map(({ from, port }) => (port === 'x' ? from : `${port} ${from}`)).join(', '),
      parameters: report?.parameters ?? 0,
      trainable: node.trainable,
      errors,
      warnings,
    }
  }

  /** Selects a layer; with `extend`, adds it to the selection on its level. */
  function select({ scope, node }: OutlineItem, extend = false): void {
    if (!isSameScope(scope)) project.openScope(scope)
    if (extend) project.select([...project.selection, node.id])
    else if (!project.selection.has(node.id) || project.selection.size > 1) project.select([node.id])
  }

  function setOpen({ key }: OutlineItem, to: boolean): void {
    const next = new Set(open.value)
    if (to) next.add(key)
    else next.delete(key)
    open.value = next
  }

  /** Opens the blocks that contain a layer. */
  function openTo(scope: Scope): void {
    open.value = new Set([...open.value, ...scope.map((_, level) => scope.slice(0, level + 1).join('/'))])
  }

  return { items, rowOf, select, setOpen, openTo }
}

/** The network at a scope of the open project; empty if it is gone. */
export function networkAt(store: ReturnType<typeof useProject>, scope: Scope): NetworkGraph {
  return (store.project && graphAt(store.project.graph, scope)) ?? { nodes: [], edges: [] }
}

/** Reports and problem counts by item key, for every visible level. */
function knownOf(items: readonly OutlineItem[], store: ReturnType<typeof useProject>) {
  const reports = new Map<string, ReturnType<typeof store.layerReport>>()
  const problems = new Map<string, { readonly errors: number; readonly warnings: number }>()
  const scopes = new Map(items.map(({ scope }) => [scope.join('/'), scope]))
  for (const scope of scopes.values()) {
    for (const [id, report] of reportsAt(store.project!.graph, scope, store.report))
      reports.set(itemKey(scope, id), report)
    for (const [id, list] of problemsAt(scope, store.problems)) {
      const errors = list.filter(({ severity }) => severity === 'error').length
      problems.set(itemKey(scope, id), { errors, warnings: list.length - errors })
    }
  }
  return { reports, problems }
}
