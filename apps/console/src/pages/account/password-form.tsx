import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { TextField } from '../../kit/field.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'
import { isProblem } from '../../session/query-client.ts'
import { logIn, useMe } from '../../session/session.ts'

const shortest = 8

/** Changes the own password. Every session that the old one opened ends; this one is opened anew. */
export function PasswordForm() {
  const { email } = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const changing = useMutation({
    mutationFn: async () => {
      await countersign.identity.changePassword({ current_password: current, password: next })
      await logIn(email ?? '', next)
    },
    onSuccess: () => {
      for (const clear of [setCurrent, setNext, setAgain]) clear('')
      toast('Your password was changed. Other sessions of yours have ended.')
    },
  })
  const isOther = again !== '' && next !== again
  const isReady = current !== '' && next.length >= shortest && next === again
  return (
    <form
      className="panel-body stack form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) changing.mutate()
      }}
    >
      <TextField
        label="Current password"
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        wrong={changing.error ? explain(changing.error) : undefined}
      />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        hint={`At least ${shortest} characters.`}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <TextField
        label="New password again"
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={(event) => setAgain(event.target.value)}
        wrong={isOther ? 'This is not the same.' : undefined}
      />
      <div className="row">
        <Button type="submit" look="primary" disabled={!isReady} busy={changing.isPending}>
          Change the password
        </Button>
      </div>
    </form>
  )
}

function explain(error: Error): string {
  return isProblem(error, 'invalid_credentials')
    ? 'This is not your current password.'
    : error.message
}
