/** Parses JSON as leniently as the programs that will read it: comments and trailing commas are allowed. */
export function readJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  try {
    return JSON.parse(plain)
  } catch {
    return parseRelaxed(plain)
  }
}

function parseRelaxed(text: string): unknown {
  const bare = text.replace(
    /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g,
    (part) => (part.startsWith('"') ? part : ' '),
  )
  try {
    return JSON.parse(bare.replace(/,(\s*[}\]])/g, '$1'))
  } catch {
    return undefined
  }
}
