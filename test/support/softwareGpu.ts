/** Chromium's software Vulkan driver (SwiftShader), on which ONNX Runtime's WebGPU provider runs without a GPU. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DRIVERS = ['/usr/lib/chromium/vk_swiftshader_icd.json', '/usr/lib/chromium-browser/vk_swiftshader_icd.json']

const driver = DRIVERS.find(existsSync)

function hasVulkanLoader(): boolean {
  try {
    return execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).includes('libvulkan.so.1')
  } catch {
    return false
  }
}

/** Why WebGPU cannot run in software here; undefined if it can. */
export const noSoftwareGpu: string | undefined =
  driver === undefined
    ? `skipped: no SwiftShader driver at ${DRIVERS.join(' or ')} (Debian package chromium-common)`
    : hasVulkanLoader()
      ? undefined
      : 'skipped: no Vulkan loader (Debian package libvulkan1)'

/** Environment in which the runtime finds the driver. */
export function softwareGpuEnvironment(): Record<string, string> {
  const runtimeFolder = process.env.XDG_RUNTIME_DIR ?? mkdtempSync(join(tmpdir(), 'layerloom-webgpu-'))
  return { VK_ICD_FILENAMES: driver ?? '', XDG_RUNTIME_DIR: runtimeFolder }
}
