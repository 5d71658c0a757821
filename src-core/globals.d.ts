/**
 * The two WHATWG globals that every host of this code has (Node, browsers, workers) but the ES library does not
 * declare.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string
}
