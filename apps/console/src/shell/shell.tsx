import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { HelpSheet } from '../hotkeys/help-sheet.tsx'
import { useHotkeys } from '../hotkeys/use-hotkeys.ts'
import { undoLast } from '../kit/toasts.tsx'
import { startLive } from '../live/live-events.ts'
import { forgetRequests } from '../session/request-log.ts'
import { Rail } from './rail.tsx'
import { Strip } from './strip.tsx'
import { TopBar } from './top/top-bar.tsx'
import { useLeaving } from './use-leaving.ts'
import { useLoadingAhead } from './use-loading-ahead.ts'

/** The frame around every page: rail, top bar, what is wrong with the service, and the page itself. */
export function Shell() {
  const [isRailOpen, setRailOpen] = useState(false)
  const main = useFocusOnArrival(() => setRailOpen(false))
  useEffect(startLive, [])
  useLeaving()
  useLoadingAhead()
  useHotkeys('Everywhere', [{ keys: 'z', does: 'Undo what was just done', run: undoLast }])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Rail isOpen={isRailOpen} onClose={() => setRailOpen(false)} />
      <TopBar onOpenRail={() => setRailOpen(true)} />
      <Strip />
      <main className="main" id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <HelpSheet />
    </div>
  )
}

/** After going to another page the focus is at its beginning, as after loading one. */
function useFocusOnArrival(onArrive: () => void) {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    forgetRequests()
    onArrive()
    main.current?.focus({ preventScroll: true })
  }, [pathname, onArrive])
  return main
}
