/**
 * Where menus and tooltips are put into the page: into the main landmark, or into the dialog that they belong to. At the end
 * of the page they would stand outside of every landmark, and a dialog hides from screen readers what is not inside it.
 */
import { computed, inject, provide, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'

type Home = Readonly<ShallowRef<HTMLElement | null>>

const key: InjectionKey<Home> = Symbol('home of overlays')

export function provideOverlayHome(home: Home): void {
  provide(key, home)
}

/** The target of a portal; the page itself where nothing is provided. */
export function useOverlayHome(): ComputedRef<HTMLElement | 'body'> {
  const home = inject(key, null)
  return computed(() => home?.value ?? 'body')
}
