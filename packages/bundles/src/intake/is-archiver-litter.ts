/** Says whether a file is one that an archiver or desktop leaves behind, and no part of the bundle. */
export function isArchiverLitter(path: string): boolean {
  const segments = path.split('/')
  const name = segments.at(-1) ?? ''
  return (
    segments.includes('__MACOSX') ||
    name === '.DS_Store' ||
    name === 'Thumbs.db' ||
    name.startsWith('._')
  )
}
