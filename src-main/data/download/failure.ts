/** Why a mirror did not give a file: kept until all mirrors were tried, then told together. */
import { text, type Text } from '#core/base/text'

export interface MirrorFailure {
  readonly kind: 'failed'
  /** A few words that stand behind the name of the mirror. */
  readonly reason: Text
  /** Whether asking the same mirror again may help. */
  readonly again: boolean
  /** Nobody answered there: where that is so of all mirrors, this computer is probably offline. */
  readonly unreachable?: boolean
  /** Seconds that the mirror asks to wait before the next request. */
  readonly waitSeconds?: number
}

export const cancelled = { kind: 'cancelled' } as const

export function failed(reason: Text, rest: Partial<Omit<MirrorFailure, 'kind' | 'reason'>> = {}): MirrorFailure {
  return { kind: 'failed', reason, again: false, ...rest }
}

const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'])
const certificate = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** What a request or a transfer died of. */
export function failureOf(error: unknown, stallSeconds: number): MirrorFailure {
  if (error instanceof StallError)
    return failed(text(`sent nothing for ${stallSeconds} s`, `${stallSeconds} 秒内没有数据`), { again: true })
  const { code = 'unknown error' } = error as NodeJS.ErrnoException
  if (unreachable.has(code))
    return failed(text(`cannot be reached (${code})`, `无法连接（${code}）`), { unreachable: true })
  if (code === 'ETIMEDOUT')
    return failed(text('does not answer (ETIMEDOUT)', '没有应答（ETIMEDOUT）'), { again: true, unreachable: true })
  if (certificate.test(code)) return failed(text(`has no valid certificate (${code})`, `没有有效的证书（${code}）`))
  if (code.startsWith('HPE_')) return failed(text(`does not speak HTTP (${code})`, `不使用 HTTP（${code}）`))
  return failed(text(`broke off (${code})`, `连接中断（${code}）`), { again: true })
}

/** No byte has come for too long. */
export class StallError extends Error {
  override name = 'StallError'
}
