/** Access control: one session token per server, single-use launch codes that expire soon, and few wrong guesses. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface AccessOptions {
  /** Lifetime of a launch code in ms. */
  readonly codeLifetime?: number
  /** Time in ms for which wrong tokens count. */
  readonly window?: number
}

export type AccessVerdict = 'granted' | 'refused' | 'too many attempts'

/** Distinct wrong tokens within the window; a repeated one, from a tab left open, counts once. */
const MAX_WRONG = 20
/** Maximum number of open launch codes; the oldest is dropped. */
const MAX_CODES = 100

export class Access {
  /** The page keeps it for the lifetime of its tab. */
  readonly sessionToken = randomBytes(32).toString('base64url')
  readonly #codes = new Map<string, number>()
  readonly #wrong = new Map<string, number>()
  readonly #codeLifetime: number
  readonly #window: number

  constructor({ codeLifetime = 120_000, window = 60_000 }: AccessOptions = {}) {
    this.#codeLifetime = codeLifetime
    this.#window = window
  }

  /** A code for one link; it can be exchanged once for the session token. */
  launchCode(): string {
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, Date.now() + this.#codeLifetime)
    if (this.#codes.size > MAX_CODES) this.#codes.delete(this.#codes.keys().next().value!)
    return code
  }

  check(token: string): AccessVerdict {
    // 256 bits cannot be guessed, so a valid token is accepted even during a lockout caused by others.
    if (sameText(token, this.sessionToken)) return 'granted'
    if (this.#countWrong() >= MAX_WRONG) return 'too many attempts'
    for (const [code, expires] of this.#codes) {
      if (!sameText(token, code)) continue
      this.#codes.delete(code)
      if (Date.now() < expires) return 'granted'
    }
    this.#wrong.set(digest(token).toString('hex'), Date.now() + this.#window)
    return 'refused'
  }

  #countWrong(): number {
    for (const [token, until] of this.#wrong) if (until < Date.now()) this.#wrong.delete(token)
    return this.#wrong.size
  }
}

/** Constant-time comparison. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
