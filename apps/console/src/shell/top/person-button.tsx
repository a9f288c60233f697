import { CircleUserRound } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Button } from '../../kit/button.tsx'

/** What opens the menu of what is one's own. */
export function PersonButton(props: ComponentProps<'button'>) {
  return (
    <Button look="quiet" size="s" icon={CircleUserRound} iconOnly aria-haspopup="menu" {...props}>
      You and the theme
    </Button>
  )
}
