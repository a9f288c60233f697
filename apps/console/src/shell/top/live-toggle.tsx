import { CloudOff, type LucideIcon, Pause, Radio } from 'lucide-react'
import { Button } from '../../kit/button.tsx'
import { type LineState, setPaused } from '../../live/live-events.ts'
import { useLineState } from '../../live/use-live.ts'

const words: Readonly<Record<LineState, { text: string; icon: LucideIcon }>> = {
  connecting: { text: 'Connecting', icon: Radio },
  open: { text: 'Live', icon: Radio },
  paused: { text: 'Paused', icon: Pause },
  lost: { text: 'Reconnecting', icon: CloudOff },
}

/** Says how the line to the service is, and pauses what comes over it. */
export function LiveToggle() {
  const state = useLineState()
  const { text, icon } = words[state]
  const isPaused = state === 'paused'
  return (
    <Button
      look="quiet"
      size="s"
      icon={icon}
      aria-pressed={isPaused}
      title={isPaused ? 'Follow what happens again' : 'Stop following what happens'}
      aria-label={`Pause live updates, now: ${text}`}
      onClick={() => setPaused(!isPaused)}
    >
      <span className="wide-only">{text}</span>
    </Button>
  )
}
