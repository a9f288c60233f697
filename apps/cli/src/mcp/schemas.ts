import { z } from 'zod'

export const Request = z.object({
  action: z.string().min(1).max(200).describe('Its name, like deploy_production'),
  context: z.record(z.string(), z.unknown()).describe('Everything that the effect depends on'),
  reason: z.string().max(4000).describe('Why, for the person who answers'),
  tool_call_id: z.string().max(200).optional().describe('The tool call that this is about'),
})
export const Await = z.object({ approval_id: z.string() })
export const Report = z.object({
  execution_id: z.string(),
  status: z.enum(['succeeded', 'failed']),
  error: z.string().max(4000).optional(),
})
export const Cancel = z.object({ approval_id: z.string() })
export const List = z.object({})
