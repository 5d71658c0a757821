/** Token colors as plain strings, for canvas drawing, which cannot use CSS variables. */
import { computed } from 'vue'
import { useTheme } from '../ui/useTheme'

const names = ['train', 'val', 'grid', 'line-strong', 'text-3', 'panel'] as const

export type ChartColors = Readonly<Record<(typeof names)[number], string>>

/** Re-read whenever the theme or the contrast changes. */
export function useChartColors() {
  const { colorVersion } = useTheme()
  return computed<ChartColors>(() => {
    void colorVersion.value
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as ChartColors
  })
}

let canvas: HTMLCanvasElement | undefined

/** Width of a text in the charts' small type, in pixels. */
export function measureText(text: string): number {
  canvas ??= document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (context === null) return text.length * 7
  context.font = `500 11px ${getComputedStyle(document.documentElement).getPropertyValue('--font-ui')}`
  return context.measureText(text).width
}
