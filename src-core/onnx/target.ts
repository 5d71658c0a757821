/** What a graph is written for. Gradient rules and layers use it to choose among equivalent formulations. */
export interface Target {
  /** Use only standard operators, in forms that every runtime has on every device (docs/decisions). */
  readonly portable: boolean
  /** Channels per block of the blocked layout NCHWc (8 or 16); 1 means the plain layout. */
  readonly blockSize: number
}

export const standardTarget: Target = { portable: false, blockSize: 1 }
export const portableTarget: Target = { portable: true, blockSize: 1 }
