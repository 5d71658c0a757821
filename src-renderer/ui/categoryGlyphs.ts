/** The layer category glyphs on a 14 × 14 grid; a single table, so that a category without a glyph does not compile. */

export const layerCategories = [
  'io',
  'conv',
  'linear',
  'pool',
  'norm',
  'act',
  'reg',
  'shape',
  'combine',
  'recur',
  'attn',
  'embed',
  'block',
] as const

export type LayerCategory = (typeof layerCategories)[number]

interface GlyphPath {
  readonly d: string
  /** Stroke width; filled if absent. */
  readonly width?: number
  readonly faint?: boolean
}

const dot = (x: number, y: number, radius: number) =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0`

const cell = (x: number, y: number) => `M${x} ${y}h3v3h-3z`

export const categoryGlyphs: Readonly<Record<LayerCategory, readonly GlyphPath[]>> = {
  io: [{ d: dot(7, 7, 4.5), width: 1.8 }, { d: dot(7, 7, 1.5) }],
  conv: [
    { d: [cell(1.5, 1.5), cell(5.5, 1.5), cell(9.5, 1.5), cell(1.5, 5.5), cell(5.5, 5.5), cell(1.5, 9.5)].join('') },
    { d: [cell(9.5, 5.5), cell(5.5, 9.5), cell(9.5, 9.5)].join(''), faint: true },
  ],
  linear: [
    { d: 'M3 3l8 1.5M3 3l8 6.5M3 7l8-2.5M3 7l8 2.5M3 11l8-6.5M3 11l8-1.5', width: 1.1 },
    {
      d: [dot(2.8, 2.8, 1.5), dot(2.8, 7, 1.5), dot(2.8, 11.2, 1.5), dot(11.2, 4.6, 1.5), dot(11.2, 9.4, 1.5)].join(''),
    },
  ],
  pool: [{ d: 'M1 2h12L9 7.5V12H5V7.5z' }],
  norm: [{ d: 'M1.5 11.5h11v1.3h-11zM2 9h2v2H2zM4.6 5h2v6h-2zM7.4 5h2v6h-2zM10 9h2v2h-2z' }],
  act: [{ d: 'M1.5 10.5H6.5L12 2.5', width: 2 }],
  reg: [
    { d: [dot(3, 3, 1.6), dot(7, 7, 1.6), dot(11, 11, 1.6)].join('') },
    { d: [dot(11, 3, 1.2), dot(3, 11, 1.2)].join(''), width: 1 },
  ],
  shape: [{ d: 'M2 2.5h5v5H2zM9.5 7.5h3', width: 1.6 }, { d: 'M1 10.7h12v1.6H1z' }],
  combine: [{ d: 'M2 2.5c0 3 5 2.5 5 6v3M12 2.5c0 3-5 2.5-5 6', width: 1.8 }],
  recur: [{ d: 'M11.5 8.5A4.7 4.7 0 1 1 9.5 3M9 1l1 2.3-2.3 1', width: 1.8 }],
  attn: [{ d: 'M7 1l1.7 4.3L13 7 8.7 8.7 7 13 5.3 8.7 1 7l4.3-1.7z' }],
  embed: [{ d: 'M1.5 2h3v2.5h-3zM1.5 5.8h3v2.5h-3zM1.5 9.5h3V12h-3zM6.5 5.8h6v2.5h-6z' }],
  block: [
    { d: 'M3 1.5h8q1.5 0 1.5 1.5v8q0 1.5-1.5 1.5H3q-1.5 0-1.5-1.5V3q0-1.5 1.5-1.5z', width: 1.6 },
    { d: 'M4.5 4.5h5v5h-5z' },
  ],
}
