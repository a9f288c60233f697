import { quotePath, refuseBundle } from './refuse-bundle.ts'

interface Taken {
  path: string
  isFolder: boolean
  /** Whether the archive lists it itself. Folders are mostly known from what lies in them. */
  isListed: boolean
}

/**
 * Notices paths that are two in the archive but one on somebody's disk: repeated, equal but for case
 * or for how accents are written, or a file where another path needs a folder.
 */
export function createPathRegister() {
  const taken = new Map<string, Taken>()

  /** Takes a name, unless somebody else has it or it is something else there. */
  function take(path: string, isFolder: boolean, isListed: boolean): void {
    const key = foldPath(path)
    const other = taken.get(key)
    if (other && !(isFolder && isSameFolder(other, path, isListed))) refuse(path, other)
    taken.set(key, { path, isFolder, isListed: isListed || (other?.isListed ?? false) })
  }

  function takeFoldersOf(path: string): void {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      take(path.slice(0, at), true, false)
    }
  }

  return {
    addFile(path: string): void {
      takeFoldersOf(path)
      take(path, false, true)
    },
    addFolder(path: string): void {
      takeFoldersOf(path)
      take(path, true, true)
    },
  }
}

function isSameFolder(other: Taken, path: string, isListed: boolean): boolean {
  return other.isFolder && other.path === path && !(isListed && other.isListed)
}

function refuse(path: string, other: Taken): never {
  const detail =
    path !== other.path
      ? `${quotePath(path)} and ${quotePath(other.path)} are one name on some systems.`
      : other.isFolder
        ? `${quotePath(path)} is a file and a folder, or listed twice.`
        : `${quotePath(path)} is there twice.`
  refuseBundle('ambiguous_path', detail)
}

/** What two names must differ in to be two on every file system: there and back folds more than once. */
function foldPath(path: string): string {
  // Lower-case first: the capital ẞ is no other letter's upper case, and would stay apart from SS.
  return path.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC')
}
