import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { toast } from './toasts.tsx'

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    toast('Copied.')
  }
  return (
    <Button
      look="quiet"
      size="s"
      icon={isCopied ? Check : Copy}
      iconOnly
      onClick={() => void copy()}
    >
      {label}
    </Button>
  )
}
