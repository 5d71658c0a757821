/**
 * The version history of the project file. A step changes unvalidated JSON, so it passes on anything it does not
 * understand, for the schema to report.
 */
import { freshId } from './freshId'
import { ROW_HEIGHT } from './groupBlocks'
import { INPUT, OUTPUT } from './kinds'

export type JsonObject = Readonly<Record<string, unknown>>

export interface Migration {
  /** The version it migrates from, to the next one. */
  readonly from: number
  /** In order; tests and messages use their names. */
  readonly steps: readonly { readonly name: string; readonly migrate: (project: JsonObject) => JsonObject }[]
}

/** One entry for each version before the current one, in order. */
export const migrations: readonly Migration[] = [
  {
    // Version 0, the draft format: `layers` is a plain sequence without ids, edges, positions, Input and Output.
    from: 0,
    steps: [
      { name: 'name the layers', migrate: nameLayers },
      { name: 'connect the layers in a row', migrate: connectLayers },
    ],
  },
]

/** Migrates the JSON of a project of version `from` to the current version. */
export function migrateProject(project: JsonObject, from: number): JsonObject {
  return migrations
    .filter((migration) => migration.from >= from)
    .reduce<JsonObject>((before, migration) => {
      const after = migration.steps.reduce((json, step) => step.migrate(json), before)
      return { ...after, version: migration.from + 1 }
    }, project)
}

function nameLayers({ layers, ...project }: JsonObject): JsonObject {
  if (!Array.isArray(layers)) return { ...project, graph: { nodes: layers, edges: [] } }
  const taken = new Set<string>()
  const nodes = withEnds(layers).map((layer, index) => {
    if (!isObject(layer) || typeof layer.kind !== 'string') return layer
    const id = freshId(layer.kind, taken)
    taken.add(id)
    return { id, ...layer, position: [0, index * ROW_HEIGHT] }
  })
  return { ...project, graph: { nodes, edges: [] } }
}

function withEnds(layers: readonly unknown[]): unknown[] {
  const has = (kind: string): boolean => layers.some((layer) => isObject(layer) && layer.kind === kind)
  return [...(has(INPUT) ? [] : [{ kind: INPUT }]), ...layers, ...(has(OUTPUT) ? [] : [{ kind: OUTPUT }])]
}

function connectLayers(project: JsonObject): JsonObject {
  const { nodes } = project.graph as { nodes: unknown }
  if (!Array.isArray(nodes)) return project
  const ids = nodes.map((node) => (isObject(node) ? node.id : undefined))
  const edges = ids.slice(1).map((to, index) => ({ from: ids[index], to, port: 'x' }))
  return { ...project, graph: { nodes, edges } }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
