import { type ComponentProps, type ReactNode, useId } from 'react'

interface FieldText {
  label: string
  hint?: ReactNode
  /** What is wrong with it, if anything is. */
  wrong?: string | undefined
}

/** A line to fill in, with its label, a hint, and what is wrong with it. */
export function TextField({ label, hint, wrong, ...input }: FieldText & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Around id={id} label={label} hint={hint} wrong={wrong}>
      <input className="input" {...input} {...ariaOf(id, hint, wrong)} />
    </Around>
  )
}

/** Several lines to fill in. */
export function TextArea({ label, hint, wrong, ...area }: FieldText & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <Around id={id} label={label} hint={hint} wrong={wrong}>
      <textarea className="textarea" {...area} {...ariaOf(id, hint, wrong)} />
    </Around>
  )
}

/** One of a few. */
export function Select({
  label,
  hint,
  wrong,
  options,
  ...select
}: FieldText & {
  options: readonly (readonly [value: string, label: string])[]
} & ComponentProps<'select'>) {
  const id = useId()
  return (
    <Around id={id} label={label} hint={hint} wrong={wrong}>
      <select className="select" {...select} {...ariaOf(id, hint, wrong)}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Around>
  )
}

/** Something that is so or not. */
export function CheckBox(props: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.children}
    </label>
  )
}

function Around({
  id,
  label,
  hint,
  wrong,
  children,
}: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong && (
        <p className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}

function ariaOf(id: string, hint: ReactNode, wrong: string | undefined) {
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  return {
    id,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong ? true : undefined,
  }
}
