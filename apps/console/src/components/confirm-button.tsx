import { useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'

/** A button for what cannot be taken back: it asks once more, and says what will happen. */
export function ConfirmButton(props: {
  label: string
  title: string
  effect: string
  onConfirm: () => void
}) {
  const { label, title, effect, onConfirm } = props
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        size="s"
        look="danger"
        aria-label={title.replace('?', '')}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={title} description={effect}>
        <footer className="dialog-foot">
          <Button onClick={() => setOpen(false)}>Not now</Button>
          <Button
            look="danger-strong"
            onClick={() => {
              setOpen(false)
              onConfirm()
            }}
          >
            {label}
          </Button>
        </footer>
      </Dialog>
    </>
  )
}
