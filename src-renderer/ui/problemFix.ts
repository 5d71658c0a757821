/** A one-click fix offered by a ProblemRow. */
export interface ProblemFix {
  readonly id: string
  /** Verb with its object, e.g. "Insert Flatten". */
  readonly label: string
}
