/** A network opened in the stores of the window, on MNIST, before the host has read the data. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { parseProject } from '../../../src-core/graph/parse'
import { useProject } from '../../../src-renderer/stores/projectStore'

/** @throws Error if a project file may not contain the graph */
export function openGraph(nodes: readonly object[], edges: readonly object[]) {
  const data = { source: { kind: 'builtin', name: 'mnist' } }
  const file = {
    format: 'layerloom',
    version: 1,
    name: 'digits',
    task: 'classification',
    data,
    graph: { nodes, edges },
  }
  const { project: parsed, problems } = parseProject(JSON.stringify(file))
  if (!parsed) throw new Error(problems.map(({ message }) => message).join('\n'))
  const pinia = createPinia()
  const app = createApp({}).use(pinia)
  const project = useProject(pinia)
  project.open(parsed, null)
  return { app, pinia, project }
}
