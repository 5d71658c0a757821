/**
 * Every edit of the project as a value. The editor, the one-click fixes, undo, autosave and the tests all use the
 * same commands; apply.ts is the only place where a project changes.
 */
import type { Position } from './groupBlocks'
import type { Choice, ParamValue } from './choice'
import type { DataSettings } from './dataSettings'
import type { GraphEdge, NetworkGraph, Project, TrainingSettings } from './project'
import type { Scope } from './scope'

/** Edits of one network: the outermost one, or the one inside the blocks of `scope`. */
interface InGraph {
  readonly scope?: Scope
}

/**
 * Adds a layer. Its id is `id`, or the next free one for its kind. With `on`, it is inserted into that edge, by its
 * port `port`.
 */
export interface AddNode extends InGraph {
  readonly type: 'node.add'
  readonly kind: string
  readonly position: Position
  readonly id?: string
  readonly params?: Readonly<Record<string, ParamValue>>
  readonly trainable?: boolean
  readonly initializers?: Readonly<Record<string, Choice>>
  readonly on?: GraphEdge
  readonly port?: string
}

/** Removes layers and their edges. With `reconnect`, the source of a single-input layer then feeds its readers. */
export interface RemoveNodes extends InGraph {
  readonly type: 'node.remove'
  readonly ids: readonly string[]
  readonly reconnect?: boolean
}

export interface RenameNode extends InGraph {
  readonly type: 'node.rename'
  readonly id: string
  readonly to: string
}

/** Moves layers to positions, by id. `graph.layout` is the same edit made by the automatic layout. */
export interface MoveNodes extends InGraph {
  readonly type: 'node.move' | 'graph.layout'
  readonly positions: Readonly<Record<string, Position>>
}

/** Sets a parameter; without `value` the layer's default applies again. */
export interface SetParam extends InGraph {
  readonly type: 'node.setParam'
  readonly id: string
  readonly name: string
  readonly value?: ParamValue
}

/** Freezes layers (false) or unfreezes them (true). */
export interface SetTrainable extends InGraph {
  readonly type: 'node.setTrainable'
  readonly ids: readonly string[]
  readonly trainable: boolean
}

/** Sets the initializer of one weight; without `initializer` the layer's default applies again. */
export interface SetInitializer extends InGraph {
  readonly type: 'node.setInitializer'
  readonly id: string
  readonly weight: string
  readonly initializer?: Choice
}

/** Connects two layers. Without `port` the first free input is used. An existing connection to the port is replaced. */
export interface Connect extends InGraph {
  readonly type: 'edge.connect'
  readonly from: string
  readonly to: string
  readonly port?: string
}

export interface Disconnect extends InGraph {
  readonly type: 'edge.disconnect'
  readonly edges: readonly GraphEdge[]
}

/** Adds copies of layers from the clipboard under new ids, with the edges between them, at `at` or slightly offset. */
export interface PasteNodes extends InGraph {
  readonly type: 'nodes.paste'
  readonly clip: NetworkGraph
  /** Upper left corner of the copies. */
  readonly at?: Position
}

export interface DuplicateNodes extends InGraph {
  readonly type: 'nodes.duplicate'
  readonly ids: readonly string[]
  readonly at?: Position
}

/** Turns layers with one output into a block named `id` (or `block1`, …). */
export interface GroupBlock extends InGraph {
  readonly type: 'block.group'
  readonly ids: readonly string[]
  readonly id?: string
}

/** Replaces a block with its layers, in all copies. */
export interface UngroupBlock extends InGraph {
  readonly type: 'block.ungroup'
  readonly id: string
}

export interface SetRepeat extends InGraph {
  readonly type: 'block.setRepeat'
  readonly id: string
  readonly repeat: number
}

export interface RenameProject {
  readonly type: 'project.rename'
  readonly name: string
}

export interface SetTask {
  readonly type: 'project.setTask'
  readonly task: Project['task']
}

/** Replaces the named training settings and keeps the others. */
export interface SetTraining {
  readonly type: 'training.set'
  readonly settings: Partial<TrainingSettings>
}

/** Replaces the named parts of the data settings and keeps the others. */
export interface SetData {
  readonly type: 'data.set'
  readonly settings: Partial<DataSettings>
}

/** Replaces the list of transforms. */
export interface SetTransforms {
  readonly type: 'transforms.set'
  readonly transforms: Project['transforms']
}

/** Several commands as one edit: all or none. `label` names it in the history list. */
export interface Batch {
  readonly type: 'batch'
  readonly label: string
  readonly commands: readonly Command[]
}

export type Command =
  | AddNode
  | RemoveNodes
  | RenameNode
  | MoveNodes
  | SetParam
  | SetTrainable
  | SetInitializer
  | Connect
  | Disconnect
  | PasteNodes
  | DuplicateNodes
  | GroupBlock
  | UngroupBlock
  | SetRepeat
  | RenameProject
  | SetTask
  | SetTraining
  | SetData
  | SetTransforms
  | Batch

export type CommandType = Command['type']
