import { useState } from 'react'

const key = 'countersign.diff'

/** Whether what changed is shown side by side, as remembered on this device. */
export function useSplit(): [isSplit: boolean, flip: () => void] {
  const [isSplit, setSplit] = useState(() => localStorage.getItem(key) === 'split')
  const flip = () => {
    if (isSplit) localStorage.removeItem(key)
    else localStorage.setItem(key, 'split')
    setSplit(!isSplit)
  }
  return [isSplit, flip]
}
