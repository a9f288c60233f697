/** What looks like a credential by its issuer's prefix, or by being long, mixed and unlike a word. */
const credential =
  /\b(?:(?:AKIA|ASIA)[A-Z0-9]{8,}|(?:gh[pousr]_|github_pat_|glpat-|sk-|sk_live_|rk_live_|xox[baprs]-|npm_|hf_|pypi-|AIza|SG\.|ya29\.|eyJ)[A-Za-z0-9_.=-]{8,}|[A-Za-z0-9+/_-]{32,}={0,2})/g
const keyBlock = /(-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?-----)[\s\S]*/

/** Leaves the first four characters of what may be a secret, so that its owner knows which one it is. */
export function maskSecrets(text: string): string {
  return text
    .replace(keyBlock, '$1 ****')
    .replace(credential, (secret) => (hasEntropy(secret) ? `${secret.slice(0, 4)}****` : secret))
    .replace(/(:\/\/[^\s:/@]{1,40}:)[^\s@/]{3,}@/g, '$1****@')
    .replace(
      /((?:password|passwd|secret|token|api_?-?key)["']?\s{0,4}[:=]\s{0,4}["'])(?!\S{0,8}\*{4})[^"'\s]{6,}(["'])/gi,
      '$1****$2',
    )
}

/** Whether characters of several kinds are mixed as they are in keys, and not as in words and paths. */
function hasEntropy(text: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length
  return kinds === 3 && new Set(text).size >= 12
}
