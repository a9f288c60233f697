/**
 * A key, or two after each other (`g q`), and what it does. One with a modifier (`Ctrl+Enter`) works
 * in text fields and dialogs too.
 */
export interface Hotkey {
  keys: string
  does: string
  run: () => void
}

export interface HotkeyGroup {
  title: string
  hotkeys: readonly Hotkey[]
}

const groups = new Set<{ read: () => HotkeyGroup }>()
const storageKey = 'countersign.hotkeys'
const sequenceMs = 1200
let prefix = ''
let prefixAt = 0

/** Whether single keys do something; they can be switched off (WCAG 2.1.4). */
export function areHotkeysOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off'
}

export function switchHotkeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, 'off')
}

/** Every key that does something at the moment, for the help sheet. */
export function listHotkeys(): HotkeyGroup[] {
  return [...groups].map(({ read }) => read())
}

/** Makes keys do something until the returned function is called. The group named last goes first. */
export function addHotkeys(read: () => HotkeyGroup): () => void {
  if (groups.size === 0) document.addEventListener('keydown', hear)
  const group = { read }
  groups.add(group)
  return () => {
    groups.delete(group)
    if (groups.size === 0) document.removeEventListener('keydown', hear)
  }
}

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const key = nameKey(event)
  if (!mayAct(key, event.target)) return
  const isSecond = prefix !== '' && Date.now() - prefixAt < sequenceMs
  const found = find(isSecond ? `${prefix} ${key}` : key)
  prefix = ''
  if (found) {
    event.preventDefault()
    found.run()
  } else if (startsSequence(key)) {
    prefix = key
    prefixAt = Date.now()
  }
}

/** A key alone does nothing where people write or choose, nor where it was switched off. */
function mayAct(key: string, target: EventTarget | null): boolean {
  return /^(Ctrl|Alt)\+/.test(key) || (areHotkeysOn() && !isTyping(target) && !isInDialog())
}

function find(keys: string): Hotkey | undefined {
  return [...groups]
    .reverse()
    .flatMap(({ read }) => read().hotkeys)
    .find((hotkey) => hotkey.keys === keys)
}

function startsSequence(key: string): boolean {
  return listHotkeys().some(({ hotkeys }) => hotkeys.some(({ keys }) => keys.startsWith(`${key} `)))
}

function nameKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const plain = key.length === 1 ? key.toLowerCase() : key
  if (ctrlKey || metaKey || altKey) return `${altKey ? 'Alt' : 'Ctrl'}+${plain}`
  return shiftKey && /^[a-z]$/.test(plain) ? `Shift+${plain}` : plain
}

const fields = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(fields) !== null
}

function isInDialog(): boolean {
  return document.querySelector('.dialog, .menu') !== null
}
