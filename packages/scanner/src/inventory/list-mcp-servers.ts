import type { Capabilities } from '@countersign/core/capabilities/capabilities'
import { isRecord } from '../parse/front-matter.ts'
import { asList, asText } from './list-hooks.ts'

type McpServer = Capabilities['mcp'][number]

/** Reads MCP servers from `.mcp.json`, or from a manifest's or an agent's `mcpServers`. */
export function listMcpServers(value: unknown): McpServer[] {
  if (!isRecord(value)) return []
  const servers = isRecord(value.mcpServers) ? value.mcpServers : value
  return Object.entries(servers).flatMap(([name, server]) => {
    if (!isRecord(server)) return []
    const target = asText(server.command) || asText(server.url)
    if (!target) return []
    return [
      {
        name,
        type: asText(server.type) || (server.url ? 'http' : 'stdio'),
        target,
        args: asList(server.args).map(asText),
        env: isRecord(server.env)
          ? Object.entries(server.env)
              .map(([key, entry]) => `${key}=${asText(entry)}`)
              .sort()
          : [],
      },
    ]
  })
}
