import { useMutation } from '@tanstack/react-query'
import { Pause, Play, RotateCw } from 'lucide-react'
import { Button } from '../../kit/button.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'
import { plural } from '../../wording/numbers.ts'

const { admin } = countersign

/** Stops handing out reviews, or goes on. What is submitted meanwhile is held. */
export function PauseSwitch({ isPaused, onChanged }: { isPaused: boolean; onChanged: () => void }) {
  const flipping = useMutation({
    mutationFn: async () => {
      await (isPaused ? admin.resume() : admin.pause())
    },
    onSuccess: () => {
      toast(isPaused ? 'Reviews go on.' : 'Reviews are paused.')
      onChanged()
    },
    onError: (error) => toast(error.message, { tone: 'red' }),
  })
  return (
    <Button
      icon={isPaused ? Play : Pause}
      look={isPaused ? 'primary' : 'danger'}
      busy={flipping.isPending}
      onClick={() => flipping.mutate()}
    >
      {isPaused ? 'Resume reviews' : 'Pause reviews'}
    </Button>
  )
}

/** Sends everything that is held or failed to the model anew. */
export function RetryAll({ held, onRetried }: { held: number; onRetried: () => void }) {
  const retrying = useMutation({
    mutationFn: () => admin.retryAll({}),
    onSuccess: ({ queued, skipped }) => {
      const left = skipped.length > 0 ? ` ${skipped.length} were left as they are.` : ''
      toast(`${plural(queued.length, 'review')} sent to the model again.${left}`)
      onRetried()
    },
    onError: (error) => toast(error.message, { tone: 'red' }),
  })
  return (
    <Button icon={RotateCw} busy={retrying.isPending} onClick={() => retrying.mutate()}>
      Retry held and failed{held > 0 ? ` (${held})` : ''}
    </Button>
  )
}
