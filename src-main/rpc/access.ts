/** Who may connect: one session token per server, launch codes that work once and soon expire, few wrong guesses. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface AccessOptions {
  /** Life of a launch code in ms. */
  readonly codeLifetime?: number
  /** Time in ms that wrong tokens count. */
  readonly window?: number
}

export type AccessVerdict = 'granted' | 'refused' | 'too many attempts'

/** Different wrong tokens within the window; the same one again, from a tab left open, counts once. */
const MAX_WRONG = 20
/** Launch codes that can be open at once; the oldest goes. */
const MAX_CODES = 100

export class Access {
  /** A page keeps it while its tab lives. */
  readonly sessionToken = randomBytes(32).toString('base64url')
  readonly #codes = new Map<string, number>()
  readonly #wrong = new Map<string, number>()
  readonly #codeLifetime: number
  readonly #window: number

  constructor({ codeLifetime = 120_000, window = 60_000 }: AccessOptions = {}) {
    this.#codeLifetime = codeLifetime
    this.#window = window
  }

  /** A code for one link; it can be exchanged for the session token once. */
  launchCode(): string {
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, Date.now() + this.#codeLifetime)
    if (this.#codes.size > MAX_CODES) this.#codes.delete(this.#codes.keys().next().value!)
    return code
  }

  check(token: string): AccessVerdict {
    // 256 bits cannot be guessed, so whoever has it is not locked out by others who guess.
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

/** Compares without telling by its duration how much was right. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
