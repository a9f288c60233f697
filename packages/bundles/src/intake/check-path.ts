import { limits } from './limits.ts'
import { quotePath, refuseBundle } from './refuse-bundle.ts'

/** Controls, and characters that are not seen but change what is: bidi marks, joiners, tags. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
/** Names that Windows gives to devices, whatever their suffix. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i
/** Folders that git keeps its own files in, under every name that some file system takes for it. */
const gitFolder = /^(?:\.git|git~[0-9]+)$/i

/** Refuses a path that would lead out of its folder, or that is not one path on every system. */
export function checkPath(path: string): void {
  const segments = path.split('/')
  checkSafe(path, segments)
  if (Buffer.byteLength(path) > limits.pathBytesMax) {
    refuseBundle('path_too_long', `${quotePath(path)} is longer than ${limits.pathBytesMax} bytes.`)
  }
  if (segments.length > limits.depthMax) {
    refuseBundle('path_too_deep', `${quotePath(path)} is deeper than ${limits.depthMax} folders.`)
  }
  const odd = segments.find((segment) => !isPortable(segment))
  if (odd !== undefined) {
    refuseBundle('ambiguous_path', `Windows cannot hold the name ${quotePath(odd)}.`)
  }
}

function checkSafe(path: string, segments: readonly string[]): void {
  const unsafe = (why: string) => refuseBundle('unsafe_path', `${quotePath(path)} ${why}.`)
  if (path.startsWith('/')) unsafe('is an absolute path')
  if (/^[a-z]:/i.test(path)) unsafe('names a drive')
  if (path.includes('\\')) unsafe('has a backslash in it')
  if (invisible.test(path)) unsafe('has an invisible character in it')
  if (segments.some((segment) => segment === '..' || segment === '.' || segment === '')) {
    unsafe('has an empty part, or one that is only dots')
  }
  if (segments.some((segment) => gitFolder.test(segment))) {
    unsafe("lies in a folder of git's own: leave it out of the archive")
  }
}

function isPortable(segment: string): boolean {
  return !/[<>:"|?*]/.test(segment) && !/[. ]$/.test(segment) && !device.test(segment)
}
