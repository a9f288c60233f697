import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'danger' | 'danger-strong' | 'quiet' | undefined
  size?: 's'
  icon?: LucideIcon
  /** Shows the icon alone; the children become its name for those who do not see it. */
  iconOnly?: boolean
  /** Says that what it started goes on. It cannot be pressed meanwhile, and keeps the focus. */
  busy?: boolean
}

/** A button. One that is not allowed says why in its `title`, and stays within reach of the keyboard. */
export function Button({ look, size, icon: Icon, iconOnly, busy, ...props }: ButtonProps) {
  const { children, onClick, disabled, ...rest } = props
  const isOff = disabled || busy
  return (
    <button
      type="button"
      {...rest}
      className="button"
      data-look={look}
      data-size={size}
      data-icon={iconOnly || undefined}
      aria-disabled={isOff || undefined}
      aria-busy={busy || undefined}
      onClick={isOff ? (event) => event.preventDefault() : onClick}
    >
      {Icon && <Icon size={size === 's' ? 14 : 16} aria-hidden />}
      {iconOnly ? <span className="unseen">{children}</span> : children}
    </button>
  )
}
