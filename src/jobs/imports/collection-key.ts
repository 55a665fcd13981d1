/** A key for a new collection, made from the name of the file: "Projets 2024 (final).xlsx" gives `projets-2024-final`. */
const LONGEST = 64

export function suggestCollectionKey(fileName: string): string {
  const name = fileName
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]+$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
  return (
    name
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, LONGEST)
      .replace(/^-+|-+$/g, '') || 'imported'
  )
}
