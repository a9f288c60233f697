import { type Client, CountersignError } from '@countersign/sdk'
import { type CallToolResult, McpServer } from '@modelcontextprotocol/server'
import { approvalTools, type Tools } from './approval-tools.ts'
import * as schemas from './schemas.ts'

const instructions =
  'Ask with request_approval before you do anything that cannot be undone, with everything that it depends on as context. Do it only when you are given an execution_id, exactly once, and say with report_result how it ended. Nothing here can decide.'

/** An MCP server with which an agent asks, waits and reports. There is no tool that decides. */
export function createApprovalServer(client: Client, workspaceId: string | undefined): McpServer {
  const server = new McpServer({ name: 'countersign', version: '0.1.0' }, { instructions })
  const tools = approvalTools(client, workspaceId)
  server.registerTool(
    'request_approval',
    {
      description:
        'Ask whether an action may run. Waits up to 50 s for the answer. Loop on await_approval only while the state is pending.',
      inputSchema: schemas.Request,
    },
    (input) => answer(() => tools.request(input)),
  )
  server.registerTool(
    'await_approval',
    {
      description:
        'Wait up to 50 s for the answer. Once approved, gives the execution_id that lets the action run once.',
      inputSchema: schemas.Await,
    },
    (input) => answer(() => tools.awaitAnswer(input)),
  )
  registerRest(server, tools)
  return server
}

function registerRest(server: McpServer, tools: Tools): void {
  server.registerTool(
    'report_result',
    { description: 'Say how an action ended that was let run.', inputSchema: schemas.Report },
    (input) => answer(() => tools.report(input)),
  )
  server.registerTool(
    'cancel_approval',
    { description: 'Take a question back while nobody has answered.', inputSchema: schemas.Cancel },
    (input) => answer(() => tools.cancel(input)),
  )
  server.registerTool(
    'list_my_approvals',
    { description: 'List what you asked for, newest first.', inputSchema: schemas.List },
    () => answer(tools.list),
  )
}

/** Gives a result as text that an agent reads; a refusal is one too, marked as an error. */
async function answer(work: () => Promise<object>): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await work()) }] }
  } catch (error) {
    return { content: [{ type: 'text', text: JSON.stringify(describe(error)) }], isError: true }
  }
}

function describe(error: unknown) {
  const mustNot = 'The action must not run.'
  if (error instanceof CountersignError) {
    return { state: 'refused', code: error.code, detail: error.message, mustNot }
  }
  return { state: 'refused', detail: error instanceof Error ? error.message : 'failed', mustNot }
}
