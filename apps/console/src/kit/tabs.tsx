import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface Tab {
  value: string
  label: string
  count?: number
  content: ReactNode
}

/** Tabs, of which one is shown. Arrow keys move between them. */
export function Tabs(props: {
  label: string
  tabs: readonly Tab[]
  value: string
  onChange: (value: string) => void
}) {
  return (
    <Base.Root value={props.value} onValueChange={(value) => props.onChange(String(value))}>
      <Base.List className="tabs" aria-label={props.label} activateOnFocus>
        {props.tabs.map(({ value, label, count }) => (
          <Base.Tab key={value} value={value} className="tab">
            {label}
            {count !== undefined && <span className="count">{count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {props.tabs.map(({ value, content }) => (
        <Base.Panel key={value} value={value} className="tab-panel">
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
