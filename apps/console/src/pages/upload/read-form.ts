import type { EntityView, RehearsalView } from '@countersign/sdk'
import type { ChosenFile } from './file-drop.tsx'

export type Rehearsed = RehearsalView

/** What a filled-in form sends. Fields that were left empty are left out. */
export function readForm(form: FormData, file: ChosenFile | undefined) {
  if (!file) throw new Error('Choose a file first.')
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    file,
    fileName: file.name,
    type: text('type') as EntityView['type'],
    description: text('description'),
    ...(text('name') && { name: text('name') }),
    ...(text('category') && { category: text('category') }),
  }
}
