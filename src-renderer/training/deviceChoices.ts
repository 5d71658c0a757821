/** The devices of this computer as choices: what each is for, and what an unavailable one requires. */
import { deviceSettings, deviceTitles, type DeviceSetting } from '#core/graph/devices'
import { useText, type PlainKey } from '../i18n/useText'
import { useRuns } from '../stores/runStore'

const purposes = {
  auto: 'training.deviceAuto',
  cpu: 'training.deviceCpu',
  webgpu: 'training.deviceGpu',
  cuda: 'training.deviceGpu',
  dml: 'training.deviceGpu',
} as const satisfies Record<DeviceSetting, PlainKey>

/** The host reports the reason in the words of ONNX Runtime, which suggest no remedy. */
const needs = {
  auto: 'training.deviceAuto',
  cpu: 'training.needsCpu',
  webgpu: 'training.needsWebgpu',
  cuda: 'training.needsCuda',
  dml: 'training.needsDml',
} as const satisfies Record<DeviceSetting, PlainKey>

interface DeviceEntry {
  readonly value: DeviceSetting
  readonly label: string
  readonly detail: string
  readonly disabledReason: string | null
}

/** The available choices; all devices while the host is still testing them. */
export function deviceChoices(): readonly DeviceEntry[] {
  const runs = useRuns()
  const { t } = useText()
  return deviceSettings.map((value) => {
    const report = runs.devices.find(({ device }) => device === value)
    return {
      value,
      label: value === 'auto' ? t('training.automatic') : deviceTitles[value],
      detail: t(purposes[value]),
      disabledReason: report?.available === false ? t(needs[value]) : null,
    }
  })
}
