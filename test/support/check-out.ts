import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

/** The last commit that did not know the newest migration. */
export function findCommitBeforeMigration(): string {
  const added = ['log', '-1', '--format=%H', '--diff-filter=A', '--', 'packages/db/migrations']
  return git('rev-parse', `${git(...added)}^`)
}

/** Checks a commit out beside this one, with the dependencies that it had. Gives its folder. */
export async function checkOut(commit: string): Promise<string> {
  const dir = join(await mkdtemp(join(tmpdir(), 'countersign-release-')), 'countersign')
  git('worktree', 'add', '--detach', dir, commit)
  onTestFinished(() => {
    git('worktree', 'remove', '--force', dir)
    rmSync(join(dir, '..'), { recursive: true, force: true })
  })
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: dir, stdio: 'ignore' })
  return dir
}
