/** Numbers with an explicit sign, as in the descriptions of draws: `+2`, `−7.3`, `0`. */
export function signed(value: number, digits = 0): string {
  const rounded = Math.abs(value).toFixed(digits)
  if (Number(rounded) === 0) return '0'
  return `${value < 0 ? '−' : '+'}${rounded}`
}
