/** Why a mirror failed: collected until all mirrors were tried, then reported together. */
import { text, type Text } from '#core/base/text'

export interface MirrorFailure {
  readonly kind: 'failed'
  /** A short phrase that follows the mirror's name. */
  readonly reason: Text
  /** Whether retrying the same mirror may help. */
  readonly again: boolean
  /** Nothing answered there: if this is true of all mirrors, this computer is probably offline. */
  readonly unreachable?: boolean
  /** Seconds the mirror asks to wait before the next request. */
  readonly waitSeconds?: number
}

export const canceled = { kind: 'canceled' } as const

export function failed(reason: Text, rest: Partial<Omit<MirrorFailure, 'kind' | 'reason'>> = {}): MirrorFailure {
  return { kind: 'failed', reason, again: false, ...rest }
}

const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'])
const certificate = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** Why a request or a transfer failed. */
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

/** No byte has arrived for too long. */
export class StallError extends Error {
  override name = 'StallError'
}
