/** What a graph is written for. Gradient rules and layers choose among equivalent formulations by it. */
export interface Target {
  /** Use only operators that every GPU provider of ONNX Runtime has (engine facts in docs/decisions). */
  readonly portable: boolean
  /** Channels per block of ONNX Runtime's NCHWc layout on this CPU (8 or 16); 1 means the layout is not used. */
  readonly blockSize: number
}

export const standardTarget: Target = { portable: false, blockSize: 1 }
export const portableTarget: Target = { portable: true, blockSize: 1 }
