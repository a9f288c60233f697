import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { InertText } from '../components/inert-text.tsx'
import { Button } from './button.tsx'

const fields = 'input, select, textarea'

/**
 * A dialog above the page. The focus goes to its first field, stays in it, and comes back where it was.
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
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && !busy && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup
          ref={popup}
          className="dialog"
          data-wide={isWide || undefined}
          initialFocus={() => popup.current?.querySelector<HTMLElement>(fields) ?? true}
        >
          <header className="row spread">
            <Base.Title>
              <InertText text={title} />
            </Base.Title>
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
