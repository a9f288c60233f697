import { once } from 'node:events'
import { createServer } from 'node:http'
import { createClient } from '@countersign/sdk'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import {
  type Command,
  exitCodes,
  findText,
  type Invocation,
  type Terminal,
  UsageError,
} from '../../command.ts'
import { connect, locateService } from '../../connect.ts'
import { createApprovalServer } from '../../mcp/create-approval-server.ts'

export const mcp: Command = {
  usage: 'mcp [--port PORT]',
  summary: 'Serve MCP: on standard input and output, or over HTTP on the loopback interface.',
  options: { port: { type: 'string' } },

  async run(invocation, terminal) {
    const port = findText(invocation, 'port')
    if (port === undefined) await serveOnStdio(invocation, terminal)
    else await serveOnHttp(invocation, terminal, Number(port))
    return exitCodes.good
  },
}

async function serveOnStdio(invocation: Invocation, terminal: Terminal): Promise<void> {
  const client = await connect(invocation, terminal)
  const transport = new StdioServerTransport()
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('close', resolve)
    process.stdin.once('end', resolve)
    terminal.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const factory = () => createApprovalServer(client, terminal.env.COUNTERSIGN_WORKSPACE_ID)
  const serving = serveStdio(factory, { transport })
  await ended
  await serving.close()
}

/** Whoever calls brings a token of their own: this process lends its to nobody. */
async function serveOnHttp(invocation: Invocation, terminal: Terminal, port: number) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--port is a port.')
  const baseUrl = await locateService(invocation, terminal)
  const workspaceId = terminal.env.COUNTERSIGN_WORKSPACE_ID
  const handler = createMcpHandler(({ requestInfo }) => {
    const token = bearerOf(requestInfo?.headers.get('authorization'))
    return createApprovalServer(createClient({ baseUrl, token: token ?? '' }), workspaceId)
  })
  const handle = toNodeHandler(handler)
  const server = createServer((request, response) => {
    if (isRebound(request.headers.host)) return response.writeHead(403).end()
    if (!bearerOf(request.headers.authorization)) {
      return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    }
    return void handle(request as Parameters<typeof handle>[0], response)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  terminal.err(`MCP is served on http://127.0.0.1:${bound}/\n`)
  await new Promise((resolve) => terminal.signal.addEventListener('abort', resolve, { once: true }))
  server.closeAllConnections()
  server.close()
  await handler.close()
}

function bearerOf(header: string | null | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
}

/** A page whose name was pointed at this machine asks under its own name. */
function isRebound(host: string | undefined): boolean {
  return !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '')
}
