import { SingleKeySwitch } from '../../hotkeys/single-key-switch.tsx'
import { useMe } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { PasswordForm } from './password-form.tsx'

/** What is one's own: who one is here, the password, and how the console behaves on this device. */
export function AccountPage() {
  const { email, handle, role } = useMe()
  return (
    <Page title="Your account" isNarrow>
      <div className="stack">
        <section className="panel">
          <h2 className="panel-head">Who you are here</h2>
          <dl className="facts panel-body">
            <dt>E-mail</dt>
            <dd>{email}</dd>
            <dt>Handle</dt>
            <dd className="mono">{handle}</dd>
            <dt>Role</dt>
            <dd>{role}</dd>
          </dl>
        </section>
        <section className="panel">
          <h2 className="panel-head">Password</h2>
          <PasswordForm />
        </section>
        <section className="panel">
          <h2 className="panel-head">Keys</h2>
          <div className="panel-body">
            <SingleKeySwitch />
          </div>
        </section>
      </div>
    </Page>
  )
}
