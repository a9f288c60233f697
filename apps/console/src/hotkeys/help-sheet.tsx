import { lazy, Suspense, useState } from 'react'
import { type HotkeyGroup, listHotkeys } from './hotkeys.ts'
import { useHotkeys } from './use-hotkeys.ts'

/** Every key that does something on the page one is on. `?` opens it. */
export function HelpSheet() {
  const [groups, setGroups] = useState<HotkeyGroup[]>()
  useHotkeys('Help', [{ keys: '?', does: 'Show these keys', run: () => setGroups(listHotkeys()) }])
  return (
    groups && (
      <Suspense>
        <HelpDialog groups={groups} onClose={() => setGroups(undefined)} />
      </Suspense>
    )
  )
}

const HelpDialog = lazy(async () => {
  const { HelpDialog: component } = await import('./help-dialog.tsx')
  return { default: component }
})
