/** The third-party software in the app, as the build lists it (scripts/notices). */

export interface LicenseNotice {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly source: string | null
  readonly text: string
}

export async function loadNotices(): Promise<readonly LicenseNotice[]> {
  const response = await fetch('./third-party-notices.json')
  if (!response.ok) throw new Error(`third-party-notices.json: ${response.status}`)
  return (await response.json()) as readonly LicenseNotice[]
}

/** Notices that have every word of `search` in their name, version or license. */
export function searchNotices(notices: readonly LicenseNotice[], search: string): readonly LicenseNotice[] {
  const words = search.toLowerCase().split(/\s+/)
  return notices.filter(({ name, version, license }) => {
    const described = `${name} ${version} ${license}`.toLowerCase()
    return words.every((word) => described.includes(word))
  })
}
