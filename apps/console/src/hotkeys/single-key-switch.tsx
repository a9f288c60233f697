import { useState } from 'react'
import { CheckBox } from '../kit/field.tsx'
import { areHotkeysOn, switchHotkeys } from './hotkeys.ts'

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
