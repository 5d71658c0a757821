/** A text in both languages of the interface. */
export interface Text {
  readonly en: string
  readonly zh: string
}
