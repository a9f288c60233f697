import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { spellInvisible } from '../wording/invisible.ts'
import type { Tone } from '../wording/status-words.ts'
import { Button } from './button.tsx'

const manager = Base.createToastManager<{ tone: Tone }>()

let takeBackLast: (() => void) | undefined

/** Takes back what was done last, as long as it offers that. */
export function undoLast(): void {
  takeBackLast?.()
}

/** Says in passing that something was done, or was not. With `undo`, for as long as it can be. */
export function toast(text: string, options: { tone?: Tone; undo?: () => void } = {}): void {
  const { tone = 'green', undo } = options
  const takeBack = () => {
    manager.close(id)
    undo?.()
  }
  const forget = () => {
    if (takeBackLast === takeBack) takeBackLast = undefined
  }
  if (undo) takeBackLast = takeBack
  const id: string = manager.add({
    title: spellInvisible(text),
    data: { tone },
    timeout: undo ? 10_000 : 5000,
    onClose: forget,
    ...(undo && { actionProps: { children: 'Undo', onClick: takeBack } }),
  })
}

/** Where toasts appear; announced politely, and reached with F6. */
export function Toasts() {
  return (
    <Base.Provider toastManager={manager}>
      <Base.Portal>
        <Base.Viewport className="toasts">
          <Shown />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Shown() {
  const { toasts } = Base.useToastManager<{ tone: Tone }>()
  return toasts.map((one) => (
    <Base.Root key={one.id} toast={one} className="toast" data-tone={one.data?.tone}>
      <Base.Title className="toast-body" render={<p />} />
      <Base.Action render={<Button size="s" />} />
      <Base.Close render={<Button look="quiet" size="s" icon={X} iconOnly />}>Dismiss</Base.Close>
    </Base.Root>
  ))
}
