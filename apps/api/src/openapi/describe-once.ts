interface Described {
  paths?: unknown
  components?: { schemas?: Record<string, unknown> }
}

/**
 * Leaves out of an OpenAPI document the schemas that no operation leads to. Each is described twice, as
 * it comes in and as it goes out, and most only ever go one way. What is left stands by its name,
 * whatever order the modules were loaded in.
 */
export function describeOnce<Document extends object>(document: Document): Document {
  const { paths, components } = document as Described
  if (!components?.schemas) return document
  const { schemas } = components
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
  components.schemas = Object.fromEntries(
    [...reached].toSorted().map((name) => [name, schemas[name]]),
  )
  return document
}
