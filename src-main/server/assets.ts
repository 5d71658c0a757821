/** Files of the built page: maps a request path to a file inside their folder, or to nothing. */
import { realpath, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

export interface Asset {
  readonly path: string
  readonly type: string
  readonly bytes: number
}

/** `malformed`: the request itself is invalid; `missing`: the page has no file with this path. */
export type AssetAnswer = Asset | 'malformed' | 'missing'

/**
 * @param root real path of the folder
 * @param pathname request path as received, still encoded; decoded here, once
 */
export async function findAsset(root: string, pathname: string): Promise<AssetAnswer> {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return 'malformed'
  }
  if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return 'malformed'
  const file = normalize(join(root, path === '/' ? 'index.html' : path))
  if (!file.startsWith(root + sep)) return 'malformed'
  // A link inside the folder may still point outside.
  const real = await realpath(file).catch(() => undefined)
  if (real === undefined || !real.startsWith(root + sep)) return 'missing'
  const found = await stat(real)
  if (!found.isFile()) return 'missing'
  return { path: real, type: types[extname(real)] ?? 'application/octet-stream', bytes: found.size }
}
