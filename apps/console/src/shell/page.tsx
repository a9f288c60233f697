import { type ReactNode, useEffect } from 'react'
import { InertText } from '../components/inert-text.tsx'
import { spellInvisible } from '../wording/invisible.ts'

/** The frame of a page: its title, for people and for the tab of the browser, and what can be done on it. */
export function Page(props: {
  title: string
  actions?: ReactNode
  isNarrow?: boolean
  children: ReactNode
}) {
  const { title, actions, isNarrow, children } = props
  useTitle(title)
  return (
    <div className={isNarrow ? 'page-narrow' : undefined}>
      <header className="page-head">
        <h1>
          <InertText text={title} />
        </h1>
        {actions && <div className="row">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** Names the tab of the browser. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${spellInvisible(title)} · Countersign`
  }, [title])
}
