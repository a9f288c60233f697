import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Button } from '../../kit/button.tsx'
import { TextField } from '../../kit/field.tsx'
import { isProblem } from '../../session/query-client.ts'
import { logIn } from '../../session/session.ts'
import { useTitle } from '../../shell/page.tsx'

const route = getRouteApi('/login')

/** The only page that nobody needs a session for. */
export function LoginPage() {
  useTitle('Log in')
  const { next } = route.useSearch()
  const router = useRouter()
  const entering = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) =>
      logIn(email, password),
    onSuccess: () => router.history.push(`${router.basepath}${next ?? '/'}`),
  })
  const submit = (form: FormData) =>
    entering.mutate({
      email: String(form.get('email')),
      password: String(form.get('password')),
    })
  return (
    <main className="login">
      <form
        className="panel login-card stack"
        onSubmit={(event) => {
          event.preventDefault()
          submit(new FormData(event.currentTarget))
        }}
      >
        <header className="stack">
          <img src="/console/mark.svg" alt="" width={36} height={36} />
          <h1>Log in to Countersign</h1>
        </header>
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          wrong={entering.error ? explain(entering.error) : undefined}
        />
        <Button type="submit" look="primary" busy={entering.isPending}>
          Log in
        </Button>
        <p className="small quiet">
          The first admin’s password was printed once, where the service was first started.
        </p>
      </form>
    </main>
  )
}

function explain(error: Error): string {
  return isProblem(error, 'invalid_credentials')
    ? 'No account has this e-mail and password.'
    : error.message
}
