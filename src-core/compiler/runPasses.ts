/** How passes follow each other: each gets what those before it have made, and returns what it adds or replaces. */
import type { GraphBuilder } from '../onnx/builder'
import type { Graph } from '../onnx/graph'
import type { Target } from '../onnx/target'

type Pass = (compilation: never) => object | void

/** What there is after one pass. */
type Then<State, P extends Pass> =
  ReturnType<P> extends object ? Omit<State, keyof ReturnType<P>> & ReturnType<P> : State

type After<State, Passes extends readonly Pass[]> = Passes extends readonly [
  infer First extends Pass,
  ...infer Rest extends readonly Pass[],
]
  ? After<Then<State, First>, Rest>
  : State

/** The list, with a pass that needs what none before it makes replaced by one that can do with what there is. */
type InOrder<State, Passes extends readonly Pass[]> = Passes extends readonly [
  infer First extends Pass,
  ...infer Rest extends readonly Pass[],
]
  ? readonly [
      State extends Parameters<First>[0] ? First : (compilation: State) => object | void,
      ...InOrder<Then<State, First>, Rest>,
    ]
  : readonly []

/** Runs the passes in order. A list in which one comes before what it needs does not compile. */
export function runPasses<State extends object, const Passes extends readonly Pass[]>(
  start: State,
  passes: Passes & InOrder<State, Passes>,
): After<State, Passes> {
  const run = (state: object, pass: Pass): object => ({ ...state, ...pass(state as never) })
  return passes.reduce(run, start) as After<State, Passes>
}

/** A pass that rewrites or checks the graph and needs nothing else. */
export function onGraph(rewrite: (graph: Graph, target: Target) => Graph | void) {
  return ({ b, target }: { readonly b: GraphBuilder; readonly target: Target }): void => {
    const rewritten = rewrite(b.graph, target)
    if (rewritten) b.replace(rewritten)
  }
}
