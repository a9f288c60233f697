// Asks the process of this container whether it is well: the API on PORT, or a worker on METRICS_PORT.
const port = process.env.METRICS_PORT || process.env.PORT || '8080'
const answer = await fetch(`http://127.0.0.1:${port}/health`, {
  signal: AbortSignal.timeout(2_500),
})
process.exit(answer.ok ? 0 : 1)
