/** Spreads labels so that none overlap, moving them as little as possible and keeping the order of their lines. */

/**
 * Centers for labels of equal height with desired positions `wanted`, kept between `top` and `bottom` as far as there
 * is room.
 * Groups of touching labels are centered on their desired positions, which minimizes movement.
 */
export function separateLabels(
  wanted: readonly number[],
  height: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  interface Block {
    readonly members: readonly number[]
    readonly center: number
  }
  const clampCenter = (center: number, count: number): number => {
    const half = (count * height) / 2
    return Math.max(top + half, Math.min(bottom - half, center))
  }
  const blocks: Block[] = []
  for (const index of order) {
    let block: Block = { members: [index], center: clampCenter(wanted[index] ?? 0, 1) }
    for (
      let previous = blocks.at(-1);
      previous !== undefined && overlaps(previous, block, height);
      previous = blocks.at(-1)
    ) {
      blocks.pop()
      const members = [...previous.members, ...block.members]
      const mean = members.reduce((sum, member) => sum + (wanted[member] ?? 0), 0) / members.length
      block = { members, center: clampCenter(mean, members.length) }
    }
    blocks.push(block)
  }
  const result = new Array<number>(wanted.length).fill(0)
  for (const { members, center } of blocks) {
    members.forEach((member, index) => {
      result[member] = center + (index - (members.length - 1) / 2) * height
    })
  }
  return result
}

function overlaps(
  above: { readonly members: readonly number[]; readonly center: number },
  below: { readonly members: readonly number[]; readonly center: number },
  height: number,
): boolean {
  return above.center + (above.members.length * height) / 2 > below.center - (below.members.length * height) / 2 + 1e-9
}
