import { useState } from 'react'
import { areHotkeysOn, type HotkeyGroup, listHotkeys, switchHotkeys } from '../hotkeys/hotkeys.ts'
import { useHotkeys } from '../hotkeys/use-hotkeys.ts'
import { Dialog } from '../kit/dialog.tsx'
import { CheckBox } from '../kit/field.tsx'

/** Every key that does something on the page one is on. `?` opens it. */
export function HelpSheet() {
  const [groups, setGroups] = useState<HotkeyGroup[]>()
  useHotkeys('Help', [{ keys: '?', does: 'Show these keys', run: () => setGroups(listHotkeys()) }])
  return (
    <Dialog open={groups !== undefined} onClose={() => setGroups(undefined)} title="Keys" isWide>
      <div className="keys">
        {groups?.map(({ title, hotkeys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {hotkeys.map(({ keys, does }) => (
                <div key={keys}>
                  <dt>
                    {keys.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <SingleKeySwitch />
    </Dialog>
  )
}

/** Switches keys off that work without a modifier, for those who speak or press by accident. */
export function SingleKeySwitch() {
  const [isOn, setOn] = useState(areHotkeysOn)
  const flip = () => {
    switchHotkeys(!isOn)
    setOn(!isOn)
  }
  return (
    <CheckBox checked={isOn} onChange={flip}>
      Single keys do something on this device
    </CheckBox>
  )
}
