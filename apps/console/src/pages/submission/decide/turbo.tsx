import type { SubmissionView } from '@countersign/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { CheckBox } from '../../../kit/field.tsx'
import { toast } from '../../../kit/toasts.tsx'
import { rowsQuery } from '../../queue/queue-queries.ts'
import { readQueueSearch } from '../../queue/queue-search.ts'

const key = 'countersign.turbo'
const isTurbo = () => localStorage.getItem(key) === 'on'
const route = getRouteApi('/shell/submissions/$id')

/** Whether a decision leads on to the next item of the same query. */
export function TurboSwitch() {
  const [isOn, setOn] = useState(isTurbo)
  const flip = () => {
    localStorage.setItem(key, isOn ? 'off' : 'on')
    setOn(!isOn)
  }
  return (
    <span className="turbo">
      <CheckBox checked={isOn} onChange={flip}>
        Turbo: go on to the next one
      </CheckBox>
    </span>
  )
}

/** Goes to what comes after this one in the queue it was opened from; in turbo mode only. */
export function useNext(submission: SubmissionView): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { from } = route.useSearch()
  return async () => {
    if (!isTurbo()) return
    const search = readQueueSearch(Object.fromEntries(new URLSearchParams(from)))
    const { items } = await client.fetchQuery({ ...rowsQuery(search), staleTime: 0 })
    const others = items.filter(({ id }) => id !== submission.id)
    const next = others.find(({ id }) => id < submission.id) ?? others[0]
    if (next) {
      const params = { id: next.id }
      await navigate({ to: '/submissions/$id', params, search: from === undefined ? {} : { from } })
    } else {
      toast('That was the last one.')
      await navigate({ to: '/queue', search })
    }
  }
}
