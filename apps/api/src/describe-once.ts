interface Described {
  paths?: unknown
  components?: { schemas?: Record<string, unknown> }
}

/**
 * Leaves out of an OpenAPI document the schemas that no operation leads to. Each is described twice, as
 * it comes in and as it goes out, and most only ever go one way.
 */
export function describeOnce<Document extends object>(document: Document): Document {
  const { paths, components } = document as Described
  const schemas = components?.schemas ?? {}
  const reached = new Set<string>()
  const follow = (part: unknown) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(
      /"#\/components\/schemas\/([^"]+)"/g,
    )) {
      if (reached.has(name)) continue
      reached.add(name)
      follow(schemas[name] ?? null)
    }
  }
  follow(paths ?? {})
  for (const name of Object.keys(schemas)) if (!reached.has(name)) delete schemas[name]
  return document
}
