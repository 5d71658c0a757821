/**
 * Values that fields reject but keep showing. A run would use the last valid value instead, so none can start
 * until each is corrected or discarded. They outlive their fields, so the user finds what was typed on return.
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
  /** Id of the layer the form belongs to. */
  readonly node?: string
  /** Further distinguishes forms on one screen. */
  readonly part?: string | number
}

export interface RefusedValue {
  readonly key: string
  readonly place: FormPlace
  /** Title of the parameter. */
  readonly name: string
  /** The text as typed. */
  readonly text: string
  /** What is wrong with it. */
  readonly sentence: string
  /** The value in effect, as text. */
  readonly inForce: string
}

const refused = reactive(new Map<string, RefusedValue>())

/** All of them, in the order they were typed. */
export const refusedValues: ComputedRef<readonly RefusedValue[]> = computed(() => [...refused.values()])

/** The value in effect stays, in the project and in the field. */
export function giveUpRefused(key: string): void {
  refused.delete(key)
}

/** Another project has different fields. */
export function forgetRefused(): void {
  refused.clear()
}

const placeKey: InjectionKey<() => FormPlace> = Symbol('formPlace')

/** The fields below the calling component are parameters of the project; fields without a place do not affect a run. */
export function provideFormPlace(place: MaybeRefOrGetter<FormPlace>): void {
  provide(placeKey, () => toValue(place))
}

interface Field {
  readonly name: () => string
  /** Text of the field. */
  readonly text: Ref<string>
  /** What is wrong with it; null if nothing is. */
  readonly error: () => string | null
  /** The value in effect, as written in the field. */
  readonly written: () => string
  /** The value in effect, in words. */
  readonly inForce: () => string
}

/**
 * Keeps what the field rejects, and restores it when the field is shown again; a field that shows another parameter
 * starts afresh.
 */
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
    // Changes made elsewhere in between are not overwritten.
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
  // Discarded elsewhere, such as in the list of what blocks a run.
  watch(
    () => refused.has(key.value),
    (isThere) => {
      if (!isThere && error() !== null) text.value = written()
    },
  )
}
