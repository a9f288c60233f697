import type { EntityView } from '@countersign/sdk'
import { useMutation } from '@tanstack/react-query'
import { Download, Undo2 } from 'lucide-react'
import { Button } from '../../kit/button.tsx'
import { toast } from '../../kit/toasts.tsx'
import { countersign } from '../../session/client.ts'

/** Puts it among what one is served, or takes it out again. Each can be undone by the other. */
export function InstallButton({
  entity,
  onChanged,
}: {
  entity: EntityView
  onChanged: () => void
}) {
  const { id, name, installed } = entity
  const { store } = countersign
  const flipping = useMutation({
    mutationFn: async (wanted: boolean) => {
      await (wanted ? store.install(id) : store.uninstall(id))
      return wanted
    },
    onSuccess: (isInstalled) => {
      onChanged()
      toast(`${name} is ${isInstalled ? 'installed' : 'no longer installed'}.`, {
        undo: () => flipping.mutate(!isInstalled),
      })
    },
    onError: (error) => toast(error.message, { tone: 'red' }),
  })
  return (
    <Button
      {...(installed ? {} : { look: 'primary' as const })}
      icon={installed ? Undo2 : Download}
      busy={flipping.isPending}
      onClick={() => flipping.mutate(!installed)}
    >
      {installed ? 'Uninstall' : 'Install'}
    </Button>
  )
}
