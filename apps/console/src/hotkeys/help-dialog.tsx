import { Dialog } from '../kit/dialog.tsx'
import type { HotkeyGroup } from './hotkeys.ts'
import { SingleKeySwitch } from './single-key-switch.tsx'

/** Keys and what they do, by what they belong to. */
export function HelpDialog(props: { groups: readonly HotkeyGroup[]; onClose: () => void }) {
  return (
    <Dialog open onClose={props.onClose} title="Keys" isWide>
      <div className="keys">
        {props.groups.map(({ title, hotkeys }) => (
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
