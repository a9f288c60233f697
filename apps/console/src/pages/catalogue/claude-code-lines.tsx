import { Link } from '@tanstack/react-router'
import { CopyButton } from '../../kit/copy-button.tsx'
import { useMe } from '../../session/session.ts'

/** The lines that make Claude Code install from here: once per machine. */
export function ClaudeCodeLines() {
  const { handle } = useMe()
  const git = `${location.origin}/marketplace.git`
  const lines = [
    `git config --global credential.${location.origin}.username ${handle}`,
    'git config --global credential.helper store',
    `claude plugin marketplace add ${git}`,
  ].join('\n')
  return (
    <details className="panel">
      <summary className="panel-head">Use it from Claude Code</summary>
      <div className="panel-body stack">
        <p className="quiet">
          Paste this into a terminal, once per machine. Git asks for a password: that is a token,
          which you{' '}
          <Link to="/settings" search={{ tab: 'tokens' }}>
            make in the settings
          </Link>
          .
        </p>
        <div className="row">
          <pre className="inert-block grow">{lines}</pre>
          <CopyButton text={lines} label="Copy the lines" />
        </div>
        <p className="quiet">
          What you install here then appears there as a plugin; what is archived or taken out of
          service disappears with the next update.
        </p>
      </div>
    </details>
  )
}
