/** Names that Claude Code keeps for itself; it refuses a marketplace that has one. */
const reserved = new Set([
  'agent-skills',
  'anthropic-agent-skills',
  'anthropic-marketplace',
  'anthropic-plugin-directory',
  'anthropic-plugins',
  'builtin',
  'cargo',
  'claude-code-marketplace',
  'claude-code-plugins',
  'claude-community',
  'claude-for-financial-services',
  'claude-for-legal',
  'claude-plugin-directory',
  'claude-plugins-community',
  'claude-plugins-official',
  'claude-tag-plugins',
  'financial-services-plugins',
  'first-party-plugins',
  'gh',
  'github',
  'healthcare',
  'inline',
  'knowledge-work-plugins',
  'life-sciences',
  'npm',
  'org',
  'org-provisioned',
  'pip',
  'skills-dir',
  'synced',
  'unknown',
  'uv',
])

/** Gives the name back if clients accept it for a marketplace. Throws what is wrong with it otherwise. */
export function requireMarketplaceName(name: string): string {
  const isWellFormed = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name) && !name.includes('..')
  if (!isWellFormed || reserved.has(name.toLowerCase()) || /^claudeai-/i.test(name)) {
    throw new Error(`MARKETPLACE_NAME: clients refuse a marketplace named "${name}".`)
  }
  return name
}
