/** Natural sort order, with `img2` before `img10`, the same on every machine and in every language. */

/** Sorts in place by the natural order of `nameOf`. */
export function sortNaturally<T>(items: T[], nameOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, name: nameOf(item), key: naturalKey(nameOf(item)) }))
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.name, b.name))
  keyed.forEach(({ item }, i) => (items[i] = item))
  return items
}

/** Prefixes each number with its length, so that longer numbers sort higher. */
function naturalKey(name: string): string {
  return name.replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '')
    return `0${String.fromCharCode(number.length)}${number}`
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
