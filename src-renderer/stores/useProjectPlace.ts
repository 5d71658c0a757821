/** The user's position in the open project: the open block, and the selection in it. */
import { computed, shallowRef, type Ref } from 'vue'
import type { RenameNode } from '#core/graph/commands'
import type { NetworkGraph, Project } from '#core/graph/project'
import { graphAt, type Scope } from '#core/graph/scope'

const emptyGraph: NetworkGraph = { nodes: [], edges: [] }

export function useProjectPlace(project: Readonly<Ref<Project | null>>) {
  const scope = shallowRef<Scope>([])
  const selection = shallowRef<ReadonlySet<string>>(new Set())
  const graph = computed(() => (project.value && graphAt(project.value.graph, scope.value)) ?? emptyGraph)

  function openScope(to: Scope): void {
    if (project.value === null || graphAt(project.value.graph, to) === undefined) return
    selection.value = new Set()
    scope.value = [...to]
  }

  function leaveAll(): void {
    scope.value = []
    selection.value = new Set()
  }

  /** A renamed layer stays selected, and a renamed block stays open. */
  function followRename({ id, to, scope: at = [] }: RenameNode): void {
    const isHere = at.length === scope.value.length && at.every((block, level) => scope.value[level] === block)
    if (isHere && selection.value.has(id))
      selection.value = new Set([...selection.value].map((other) => (other === id ? to : other)))
    const isAround = at.every((block, level) => scope.value[level] === block) && scope.value[at.length] === id
    if (isAround) scope.value = scope.value.with(at.length, to)
  }

  /** After the project has changed, scope and selection drop what no longer exists. */
  function keepWhatExists(): void {
    const network = project.value?.graph ?? emptyGraph
    while (graphAt(network, scope.value) === undefined) scope.value = scope.value.slice(0, -1)
    const ids = new Set(graph.value.nodes.map((node) => node.id))
    const kept = [...selection.value].filter((id) => ids.has(id))
    if (kept.length < selection.value.size) selection.value = new Set(kept)
  }

  return {
    scope,
    selection,
    graph,
    openScope,
    select: (ids: Iterable<string>) => void (selection.value = new Set(ids)),
    leaveAll,
    followRename,
    keepWhatExists,
  }
}

export type ProjectPlace = ReturnType<typeof useProjectPlace>
