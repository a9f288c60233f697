const patienceMs = 30_000

interface Listed {
  name: string
  version: string
  source: { url: string; sha256: string }
}

/** Fetches the marketplace in every form, as whoever has the token. Throws where one is not served. */
export async function fetchFaces(url: string, token: string) {
  const get = async (address: string): Promise<Uint8Array> => {
    const signal = AbortSignal.timeout(patienceMs)
    const headers = { authorization: `Bearer ${token}`, 'cache-control': 'no-cache' }
    const answer = await fetch(address, { headers, signal })
    if (!answer.ok) throw new Error(`${new URL(address).pathname} answered ${answer.status}.`)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const base = url.replace(/\/$/, '')
  const [catalogue, zip, refs] = await Promise.all([
    get(`${base}/.claude-plugin/marketplace.json`),
    get(`${base}/marketplace.zip`),
    get(`${base}/marketplace.git/info/refs?service=git-upload-pack`),
  ])
  const { plugins } = JSON.parse(Buffer.from(catalogue).toString()) as { plugins: Listed[] }
  return {
    catalogue: plugins,
    zip,
    gitHead: /([0-9a-f]{40}) HEAD/.exec(Buffer.from(refs).toString('latin1'))?.[1] ?? '',
    /** An archive of the catalogue, by the way that the probe came: its name may lead around a proxy. */
    fetchArchive: (address: string) => get(base + new URL(address).pathname),
  }
}
