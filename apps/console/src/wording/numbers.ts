const units = ['B', 'KiB', 'MiB', 'GiB'] as const

/** A size for people. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}

const steps = [
  [60, 1, 's'],
  [3600, 60, 'min'],
  [86_400, 3600, 'h'],
  [Number.POSITIVE_INFINITY, 86_400, 'd'],
] as const

/** A span of time in its largest unit: how old something is, or how long it is to wait. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [, unit, name] = steps.find(([below]) => seconds < below) ?? steps[3]
  return `${Math.floor(seconds / unit)} ${name}`
}

/** What is left of a span, to the second where that still matters. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60 || seconds >= 3600) return formatSpan(seconds * 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

export function formatUsd(amount: number): string {
  return `$${amount < 0.1 && amount > 0 ? amount.toFixed(4) : amount.toFixed(2)}`
}

export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
