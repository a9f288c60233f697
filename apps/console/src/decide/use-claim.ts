import type { SubmissionView } from '@countersign/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '../kit/toasts.tsx'
import { countersign } from '../session/client.ts'
import { claiming } from './decisions.ts'

const { admin } = countersign

/** Tells other admins that one is reading a submission, or that nobody is any more. */
export function useClaim() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, claimed_by: holder }: SubmissionView) =>
      holder === null ? admin.claim(id) : admin.release(id),
    onSuccess: ({ name, claimed_by: holder }) =>
      toast(holder === null ? `${name} is nobody’s now.` : `${name} is yours to read.`),
    onError: (error) => toast(error.message, { tone: 'red' }),
    onSettled: (_, __, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['submission', id] }),
        client.invalidateQueries({ queryKey: ['queue'] }),
      ]),
  })
}

/** Whether there is something left to decide, for somebody to claim. */
export function isClaimable({ status }: Pick<SubmissionView, 'status'>): boolean {
  return claiming.from.includes(status)
}
