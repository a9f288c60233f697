/** What makes a part that scrolls reachable for the keyboard, under a name. */
export function scrollable(label: string) {
  return { role: 'region', tabIndex: 0, 'aria-label': label } as const
}
