import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Select, TextArea, TextField } from '../../kit/field.tsx'
import { toast } from '../../kit/toasts.tsx'
import { watchedUpload } from '../../session/client.ts'
import { Page } from '../../shell/page.tsx'
import { formatBytes } from '../../wording/numbers.ts'
import { type ChosenFile, FileDrop } from './file-drop.tsx'
import { type Rehearsed, readForm } from './read-form.ts'
import { Refusal, RehearsalNote } from './refusal.tsx'

const types = [
  ['skill', 'Skill'],
  ['agent', 'Agent'],
  ['plugin', 'Plugin'],
] as const

/** Sends a bundle in. What the checks say of it is shown as they said it, and the form stays as it is. */
export function UploadPage() {
  const [file, setFile] = useState<ChosenFile>()
  const [sentBytes, setSentBytes] = useState(0)
  const navigate = useNavigate()
  const client = watchedUpload((sent) => setSentBytes(sent))
  const sending = useMutation({
    mutationFn: (form: FormData) => client.store.submit(readForm(form, file)),
    onSuccess: ({ id, submission, name }) => {
      toast(`${name} was sent for review.`)
      void (submission
        ? navigate({ to: '/submissions/$id', params: { id: submission.id } })
        : navigate({ to: '/entities/$id', params: { id } }))
    },
  })
  const rehearsing = useMutation<Rehearsed, Error, FormData>({
    mutationFn: (form) => client.store.rehearse(readForm(form, file)),
    onMutate: () => sending.reset(),
  })
  const isBusy = sending.isPending || rehearsing.isPending
  const error = sending.error ?? rehearsing.error
  return (
    <Page title="Upload a bundle" isNarrow>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          rehearsing.reset()
          sending.mutate(new FormData(event.currentTarget))
        }}
      >
        {error && <Refusal error={error} />}
        {rehearsing.data && <RehearsalNote rehearsal={rehearsing.data} />}
        <FileDrop file={file} onChoose={setFile} />
        <Select label="Type" name="type" options={types} />
        <TextArea
          label="Description"
          name="description"
          rows={3}
          required
          hint="What it does and when to use it: at least 60 characters and five different words."
        />
        <TextField
          label="Name"
          name="name"
          maxLength={64}
          hint="Left empty, the one in the bundle is taken."
        />
        <TextField label="Category" name="category" maxLength={40} hint="A word like “writing”." />
        {isBusy && file && <Progress sent={sentBytes} total={file.size} />}
        <div className="row">
          <Button type="submit" look="primary" disabled={!file} busy={sending.isPending}>
            Send for review
          </Button>
          <Button
            disabled={!file}
            busy={rehearsing.isPending}
            onClick={({ currentTarget: { form } }) => form && rehearsing.mutate(new FormData(form))}
          >
            Only run the checks
          </Button>
        </div>
      </form>
    </Page>
  )
}

/** How much has gone out. Once everything has, the checks are at work. */
function Progress({ sent, total }: { sent: number; total: number }) {
  const isOut = sent >= total
  return (
    <div>
      <progress className="bar" value={Math.min(sent, total)} max={total} aria-label="Upload" />
      <p className="small quiet" aria-live="polite">
        {isOut ? 'The checks are at work …' : `${formatBytes(sent)} of ${formatBytes(total)}`}
      </p>
    </div>
  )
}
