/**
 * Where menus and tooltips are mounted: in the main landmark, or in the dialog they belong to. At the end
 * of the page they would be outside every landmark, and a dialog hides everything outside it from screen readers.
 */
import { computed, inject, provide, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'

type Home = Readonly<ShallowRef<HTMLElement | null>>

const key: InjectionKey<Home> = Symbol('home of overlays')

export function provideOverlayHome(home: Home): void {
  provide(key, home)
}

/** The target of a portal; the page itself if nothing is provided. */
export function useOverlayHome(): ComputedRef<HTMLElement | 'body'> {
  const home = inject(key, null)
  return computed(() => home?.value ?? 'body')
}
