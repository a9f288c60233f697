import { registerHooks } from 'node:module'

// Preloaded into a process, it prints at the end which libraries were loaded.
const loaded = new Set<string>()
registerHooks({
  load(url, context, next) {
    const [, name] = url.split('/node_modules/')
    if (name) loaded.add(url)
    return next(url, context)
  },
})
process.on('exit', () => {
  for (const url of loaded) process.stdout.write(`loaded: ${url}\n`)
})
