import type { Answer } from './start-service.ts'

/** An answer at a glance: its status, and the code of its problem if it is one. */
export const told = ({ status, body }: Pick<Answer, 'status' | 'body'>) => [status, body?.code]
