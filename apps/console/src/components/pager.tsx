import { Link, type LinkProps } from '@tanstack/react-router'

/** The way on through a list that is longer than a page, and back to where it begins. */
export function Pager(props: {
  label: string
  newest: LinkProps | false
  older: LinkProps | false
}) {
  const { label, newest, older } = props
  if (!newest && !older) return null
  return (
    <nav className="pager" aria-label={label}>
      {newest && (
        <Link {...newest} {...aside}>
          Newest
        </Link>
      )}
      {older && (
        <Link {...older} {...aside}>
          Older
        </Link>
      )}
    </nav>
  )
}

/** The address of a first page is a part of that of every other: it is not where one is. */
const aside = { activeOptions: { exact: true }, className: 'button', 'data-size': 's' } as const
