import { type Command, exitCodes, type Invocation } from './command.ts'
import { connect } from './connect.ts'
import { print } from './print.ts'

type Service = Awaited<ReturnType<typeof connect>>

/** A run that asks the service one thing and shows the answer: that there is one is all that counts. */
export function askService<Answer>(
  ask: (service: Service, invocation: Invocation) => Promise<Answer>,
  view: (answer: Answer) => string,
): Command['run'] {
  return async (invocation, terminal) => {
    const answer = await ask(await connect(invocation, terminal), invocation)
    print(terminal, invocation, answer, () => view(answer))
    return exitCodes.good
  }
}
