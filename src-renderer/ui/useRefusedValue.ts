/**
 * Values that fields refuse and go on showing. A run would use the last valid value in their place, so none is started
 * until each of them is corrected or given up. They outlive their fields: who comes back finds what was typed.
 */
import {
  computed,
  inject,
  provide,
  reactive,
  toValue,
  watch,
  type ComputedRef,
  type InjectionKey,
  type MaybeRefOrGetter,
  type Ref,
} from 'vue'

/** Where the fields of a form belong. */
export interface FormPlace {
  readonly screen: 'data' | 'augment' | 'model' | 'train'
  /** Id of the layer that the form is of. */
  readonly node?: string
  /** What else tells two forms of a screen apart. */
  readonly part?: string | number
}

export interface RefusedValue {
  readonly key: string
  readonly place: FormPlace
  /** Title of the parameter. */
  readonly name: string
  /** As it was typed. */
  readonly text: string
  /** What is wrong with it. */
  readonly sentence: string
  /** The value in force, as text. */
  readonly inForce: string
}

const refused = reactive(new Map<string, RefusedValue>())

/** All of them, in the order in which they were typed. */
export const refusedValues: ComputedRef<readonly RefusedValue[]> = computed(() => [...refused.values()])

/** The value in force stays, here and in the field. */
export function giveUpRefused(key: string): void {
  refused.delete(key)
}

/** Another project has other fields. */
export function forgetRefused(): void {
  refused.clear()
}

const placeKey: InjectionKey<() => FormPlace> = Symbol('formPlace')

/** The fields below the calling component are parameters of the project; without a place a field decides nothing of a run. */
export function provideFormPlace(place: MaybeRefOrGetter<FormPlace>): void {
  provide(placeKey, () => toValue(place))
}

interface Field {
  readonly name: () => string
  /** What stands in the field. */
  readonly text: Ref<string>
  /** What is wrong with it; null where nothing is. */
  readonly error: () => string | null
  /** The value in force, as it is written in the field. */
  readonly written: () => string
  /** The value in force, as it is said. */
  readonly inForce: () => string
}

/** Keeps what the field refuses, and puts it back when the field is shown anew; a field that shows another parameter starts afresh. */
export function useRefusedValue({ name, text, error, written, inForce }: Field): void {
  const place = inject(placeKey, null)
  if (place === null) return
  const form = computed(() => {
    const { screen, node = '', part = '' } = place()
    return [screen, node, part].join('\n')
  })
  const key = computed(() => `${form.value}\n${name()}`)

  function restore(): void {
    const before = refused.get(key.value)
    // What was changed by other means in between is not overruled.
    if (before?.inForce === inForce()) text.value = before.text
    else refused.delete(key.value)
  }
  function note(): void {
    const sentence = error()
    if (sentence === null) refused.delete(key.value)
    else
      refused.set(key.value, {
        key: key.value,
        place: place!(),
        name: name(),
        text: text.value,
        sentence,
        inForce: inForce(),
      })
  }

  restore()
  note()
  watch(
    () => [key.value, form.value, error(), text.value, inForce()] as const,
    ([at, now], [before, then]) => {
      if (now !== then) {
        text.value = written()
        restore()
      } else if (at !== before) {
        // The same field in another language.
        refused.delete(before)
      }
      note()
    },
  )
  // Given up elsewhere, such as in the list of what forbids a run.
  watch(
    () => refused.has(key.value),
    (isThere) => {
      if (!isThere && error() !== null) text.value = written()
    },
  )
}
