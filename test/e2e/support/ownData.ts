/** Data as users have it: a folder of images with non-ASCII names, and a table with missing cells and categories. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { keyOf, uniform } from '#core/base/random'

const SIDE = 32
const purpose = keyOf('own data')
let drawn = 0
/** 0 to 1, the same sequence every time. */
const draw = (): number => uniform(purpose, drawn++)

/** A dark background with a bright shape somewhere. */
const figures: Readonly<Record<string, (x: number, y: number, colour: string) => string>> = {
  玫瑰: (x, y, colour) => `<circle cx="${x}" cy="${y}" r="7" fill="${colour}"/>`,
  'tulipes été': (x, y, colour) => `<rect x="${x - 9}" y="${y - 3}" width="18" height="6" fill="${colour}"/>`,
}

/** Images of two classes; returns the path of the folder. */
export async function writePictures(parent: string, perClass: number): Promise<string> {
  const folder = join(parent, '花卉 été')
  for (const [name, figure] of Object.entries(figures)) {
    await mkdir(join(folder, name), { recursive: true })
    for (let i = 0; i < perClass; i++) {
      const colour = `hsl(${Math.floor(draw() * 360)} 80% 75%)`
      const shown = figure(9 + draw() * 14, 9 + draw() * 14, colour)
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="100%" height="100%" fill="#222"/>${shown}</svg>`
      await sharp(Buffer.from(svg))
        .jpeg({ quality: 92 })
        .toFile(join(folder, name, `Bild ${i}.jpg`))
    }
  }
  return folder
}

/** Flats with their rent: semicolons, umlauts, empty cells and a categorical column; returns the path of the file. */
export async function writeFlats(parent: string, rows: number): Promise<string> {
  const cities = [
    { name: 'Köln', price: 9 },
    { name: 'München', price: 16 },
    { name: 'Halle', price: 5 },
  ]
  const lines = Array.from({ length: rows }, () => {
    const city = cities[Math.floor(draw() * cities.length)]!
    const area = 30 + draw() * 90
    const rent = Math.round(area * city.price + draw() * 30)
    return [
      draw() < 0.04 ? '' : area.toFixed(1),
      draw() < 0.03 ? '' : city.name,
      1 + Math.floor(draw() * 4),
      rent,
    ].join(';')
  })
  const path = join(parent, 'Wohnungen.csv')
  await writeFile(path, ['Fläche;Stadt;Zimmer;Miete', ...lines].join('\n'))
  return path
}
