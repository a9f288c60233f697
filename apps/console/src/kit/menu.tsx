import { Menu as Base } from '@base-ui/react/menu'
import type { LucideIcon } from 'lucide-react'
import { type ReactElement, useState } from 'react'

export interface MenuItem {
  label: string
  onSelect: () => void
  icon?: LucideIcon
  /** The key that does the same. */
  hotkey?: string
  /** Whether it is the chosen one of its kind; absent where nothing is chosen. */
  isChosen?: boolean
  isOff?: boolean
}

/** A menu below its trigger, with arrow keys, typing ahead and `Escape`. */
export function Menu(props: {
  trigger: ReactElement
  label?: string
  items: readonly MenuItem[]
  /** Whether it is open as soon as it is there. */
  startsOpen?: boolean
}) {
  // Beside its trigger in the document too, so that it belongs to the same landmark.
  const [home, setHome] = useState<HTMLElement | null>(null)
  return (
    <Base.Root modal={false} defaultOpen={props.startsOpen ?? false}>
      <Base.Trigger render={props.trigger} />
      <span ref={setHome} />
      <Base.Portal container={home}>
        <Base.Positioner sideOffset={4} align="end" className="layer">
          <Base.Popup className="menu">
            <Base.Group>
              {props.label && (
                <Base.GroupLabel className="menu-label">{props.label}</Base.GroupLabel>
              )}
              {props.items.map((item) => (
                <Item key={item.label} {...item} />
              ))}
            </Base.Group>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Item({ label, onSelect, icon: Icon, hotkey, isChosen, isOff = false }: MenuItem) {
  const body = (
    <>
      {Icon && <Icon size={15} aria-hidden />}
      {label}
      {hotkey && <kbd aria-hidden>{hotkey}</kbd>}
    </>
  )
  const shared = { className: 'menu-item', disabled: isOff, onClick: onSelect, closeOnClick: true }
  if (isChosen === undefined) return <Base.Item {...shared}>{body}</Base.Item>
  return (
    <Base.CheckboxItem {...shared} checked={isChosen}>
      {body}
      {isChosen && (
        <span className="menu-check" aria-hidden>
          ✓
        </span>
      )}
    </Base.CheckboxItem>
  )
}
