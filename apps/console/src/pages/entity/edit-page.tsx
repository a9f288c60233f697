import { CountersignError, type EntityView, type SubmittedEntityView } from '@countersign/sdk'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { CheckResults } from '../../components/check-results.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Note } from '../../components/note.tsx'
import { Button } from '../../kit/button.tsx'
import { TextArea, TextField } from '../../kit/field.tsx'
import { toast } from '../../kit/toasts.tsx'
import { watchedUpload } from '../../session/client.ts'
import { isProblem } from '../../session/query-client.ts'
import { Page } from '../../shell/page.tsx'
import { entityQuery, isInFlight } from './entity-queries.ts'

const route = getRouteApi('/shell/entities/$id/edit')

/** Changes what an entity says of itself, and sends its next version. */
export function EditPage() {
  const { id } = route.useParams()
  const query = useQuery({ ...entityQuery(id), refetchOnWindowFocus: false })
  return (
    <Loaded query={query} isPage>
      {({ entity, etag }) => (
        <Page title={`Edit ${entity.name}`} isNarrow>
          <EditForm entity={entity} etag={etag} onReload={() => void query.refetch()} key={etag} />
        </Page>
      )}
    </Loaded>
  )
}

function EditForm(props: { entity: EntityView; etag: string; onReload: () => void }) {
  const { entity, etag, onReload } = props
  const [sent, setSent] = useState<number>()
  const navigate = useNavigate()
  const saving = useMutation({
    mutationFn: (form: FormData) => save(entity, etag, form, setSent),
    onSuccess: ({ submission }) => {
      toast(submission ? `v${submission.version_no} was sent for review.` : 'Saved.')
      void navigate({ to: '/entities/$id', params: { id: entity.id } })
    },
  })
  if (isInFlight(entity)) {
    return (
      <Note tone="blue" title="Review in flight">
        It can be edited again once the review is over, or after it was withdrawn.
      </Note>
    )
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate(new FormData(event.currentTarget))
      }}
    >
      {saving.error && <Refusal error={saving.error} onReload={onReload} />}
      <TextField label="Name" name="name" defaultValue={entity.name} required maxLength={64} />
      <TextArea label="Description" name="description" defaultValue={entity.description} required />
      <TextField label="Category" name="category" defaultValue={entity.category ?? ''} />
      <TextField
        label="New version"
        name="file"
        type="file"
        accept=".zip,.skill"
        hint="A .zip or .skill. Without one only the fields above change, and nothing is reviewed."
      />
      {saving.isPending && sent !== undefined && (
        <progress className="bar" value={sent} max={1} aria-label="Upload" />
      )}
      <div className="row">
        <Button type="submit" look="primary" busy={saving.isPending}>
          Save
        </Button>
        <Link
          to="/entities/$id"
          params={{ id: entity.id }}
          activeOptions={{ exact: true }}
          className="button"
        >
          Cancel
        </Link>
      </div>
    </form>
  )
}

function save(
  entity: EntityView,
  etag: string,
  form: FormData,
  onProgress: (share: number) => void,
): Promise<SubmittedEntityView> {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const file = form.get('file')
  const isSent = file instanceof File && file.size > 0
  const changed = {
    ...(text('name') !== entity.name && { name: text('name') }),
    ...(text('description') !== entity.description && { description: text('description') }),
    ...(text('category') !== (entity.category ?? '') && { category: text('category') || null }),
    ...(isSent && { file, fileName: file.name }),
  }
  const { store } = watchedUpload((sent, total) => onProgress(sent / total))
  return store.edit(entity.id, { ...changed, ifMatch: etag })
}

/** Why an edit was refused: the findings where a check blocked it, the words of the service otherwise. */
function Refusal({ error, onReload }: { error: Error; onReload: () => void }) {
  if (isProblem(error, 'precondition_failed')) {
    return (
      <Note
        tone="amber"
        isNews
        title="Somebody changed it while you were editing."
        action={<Button onClick={onReload}>Reload</Button>}
      />
    )
  }
  const checks = error instanceof CountersignError ? error.problem.checks : undefined
  return (
    <>
      <Note tone="red" isNews title={error.message} />
      {checks !== undefined && (
        <CheckResults checks={checks as Parameters<typeof CheckResults>[0]['checks']} />
      )}
    </>
  )
}
