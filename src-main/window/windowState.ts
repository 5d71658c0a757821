/** Window position and size, remembered across starts. */
import { join } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import * as z from 'zod'
import { KeptFile } from '../disk/keptFile'

/** The smallest window the interface supports. */
export const SMALLEST = { width: 1024, height: 700 }

const stateSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof stateSchema>

export class WindowPlace {
  readonly #kept: KeptFile<WindowState>

  constructor(dataFolder: string) {
    this.#kept = new KeptFile(join(dataFolder, 'window.json'), stateSchema, {
      width: 1440,
      height: 900,
      maximized: false,
    })
  }

  /** The bounds to open with; without coordinates (centered) if the previous display is gone. */
  async read(workAreas: readonly Rectangle[]): Promise<WindowState> {
    const { x, y, ...state } = await this.#kept.read()
    if (x === undefined || y === undefined) return state
    return workAreas.some((area) => showsTitle(area, { ...state, x, y })) ? { ...state, x, y } : state
  }

  /** Saves the window's bounds whenever they change. */
  follow(window: BrowserWindow): void {
    let timer: NodeJS.Timeout | undefined
    const keep = (): void => {
      clearTimeout(timer)
      if (window.isDestroyed()) return
      const state = { ...window.getNormalBounds(), maximized: window.isMaximized() }
      // A failure to save the window's bounds is only logged.
      void this.#kept.change(() => state).catch((error: unknown) => console.warn(String(error)))
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(keep, 500)
    }
    window.on('resize', later)
    window.on('move', later)
    window.on('maximize', later)
    window.on('unmaximize', later)
    window.on('close', keep)
  }
}

/** True if enough of the title bar is on the display to drag it. */
function showsTitle(area: Rectangle, window: Rectangle): boolean {
  const overlap = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x)
  return overlap >= 100 && window.y >= area.y && window.y <= area.y + area.height - 40
}
