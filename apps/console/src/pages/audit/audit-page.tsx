import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { Loaded } from '../../components/loaded.tsx'
import { Button } from '../../kit/button.tsx'
import { toast } from '../../kit/toasts.tsx'
import { Page } from '../../shell/page.tsx'
import { plural } from '../../wording/numbers.ts'
import { AuditFilters } from './audit-filters.tsx'
import { auditQuery, readWhole } from './audit-queries.ts'
import type { AuditSearch } from './audit-search.ts'
import { AuditTable } from './audit-table.tsx'
import { ChainBadge } from './chain-badge.tsx'
import { download, type ExportFormat, exportEntries } from './export-entries.ts'

const route = getRouteApi('/shell/audit')

/** Everything that happened, who did it, and whether the record is whole. */
export function AuditPage() {
  const search = route.useSearch()
  const entries = useQuery(auditQuery(search))
  return (
    <Page title="Audit" actions={<ExportButtons search={search} />}>
      <div className="stack">
        <ChainBadge />
        <AuditFilters search={search} />
        <Loaded query={entries} rows={12}>
          {(page) => <AuditTable page={page} search={search} />}
        </Loaded>
      </div>
    </Page>
  )
}

/** Everything that the filter leaves, on whatever page of it one is. */
function ExportButtons({ search }: { search: AuditSearch }) {
  const exporting = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const entries = await readWhole(search)
      download(exportEntries(entries, format), `audit.${format}`)
      return entries.length
    },
    onSuccess: (count) => toast(`${plural(count, 'entry', 'entries')} exported.`),
    onError: (error) => toast(error.message, { tone: 'red' }),
  })
  return (
    <>
      {formats.map(([format, label]) => (
        <Button
          key={format}
          icon={Download}
          busy={exporting.isPending && exporting.variables === format}
          onClick={() => exporting.mutate(format)}
        >
          {label}
        </Button>
      ))}
    </>
  )
}

const formats = [
  ['jsonl', 'Export JSON lines'],
  ['csv', 'Export CSV'],
] as const
