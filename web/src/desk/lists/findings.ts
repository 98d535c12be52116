/** What the check of a wish's words found. */
export type Finding = { field: 'title' | 'text'; from: number; to: number; kind: string; confirmed: boolean }
export type Piece = { words: string; finding?: Finding }

/** A text in pieces, with what was found apart; the service counts characters, not halves of them. */
export function pieces(text: string, found: Finding[]): Piece[] {
  const signs = Array.from(text)
  const parts: Piece[] = []
  let at = 0
  for (const finding of [...found].sort((a, b) => a.from - b.from)) {
    if (finding.from > at) parts.push({ words: signs.slice(at, finding.from).join('') })
    parts.push({ words: signs.slice(finding.from, finding.to).join(''), finding })
    at = finding.to
  }
  if (at < signs.length) parts.push({ words: signs.slice(at).join('') })
  return parts
}
