import { type RefObject, useEffect, useRef } from 'react'

/**
 * A form whose fields say what `values` do, whenever these change. The fields stay what they are, and
 * so the focus stays in the one that has it.
 */
export function useFormValues(values: object): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  const told = JSON.stringify(values)
  useEffect(() => {
    const texts: Record<string, string | undefined> = JSON.parse(told)
    for (const field of form.current?.elements ?? []) {
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        field.value = texts[field.name] ?? ''
      }
    }
  }, [told])
  return form
}
