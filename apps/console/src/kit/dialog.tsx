import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/**
 * A dialog above the page. The focus goes into it, stays in it, and comes back where it was.
 * `Escape` and a press outside close it, unless it is `busy`.
 */
export function Dialog(props: {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  isWide?: boolean
  busy?: boolean
  children: ReactNode
}) {
  const { open, onClose, title, description, isWide, busy, children } = props
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && !busy && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="dialog" data-wide={isWide || undefined}>
          <header className="row spread">
            <Base.Title>{title}</Base.Title>
            <Base.Close render={<Button look="quiet" size="s" icon={X} iconOnly />}>
              Close
            </Base.Close>
          </header>
          {description && (
            <Base.Description className="quiet" render={<div />}>
              {description}
            </Base.Description>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
