import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Files } from './bundles.ts'
import { createFolder } from './create-folder.ts'
import { runCli } from './run-cli.ts'
import type { Service } from './start-service.ts'

/** Whatever a command printed as JSON, to be looked at by name. */
type Json = ReturnType<typeof JSON.parse>

/** Somebody at a command line, in a folder of their own. */
export interface CliPerson {
  dir: string
  run(...args: string[]): ReturnType<typeof runCli>
  /** Runs a command that must end as expected, and gives what it printed as JSON. */
  read(args: readonly string[], code?: number): Promise<Json>
  /** Writes a bundle into the folder, and gives its name there. */
  write(name: string, files: Files): Promise<string>
}

export async function sitDown(
  { url }: Pick<Service, 'url'>,
  { token }: { token: string },
): Promise<CliPerson> {
  const dir = await createFolder()
  const run = (...args: string[]) => runCli(args, { url, token, cwd: dir })
  return {
    dir,
    run,
    async read(args, code = 0) {
      const ended = await run(...args, '--json')
      if (ended.code !== code) throw new Error(`${args.join(' ')}: ${ended.code}, ${ended.err}`)
      return JSON.parse(ended.out)
    },
    async write(name, files) {
      for (const [path, content] of Object.entries(files)) {
        const file = join(dir, name, path)
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, content)
      }
      return name
    },
  }
}
