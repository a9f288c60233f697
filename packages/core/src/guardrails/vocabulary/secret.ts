import { code, type Marker } from './marker.ts'

/** Real credentials, by the formats of those who issue them. Letter case counts in these. */
const exact = (source: string): RegExp => new RegExp(source)

export const secretMarkers: readonly Marker[] = [
  {
    name: 'secret-format',
    atoms: [
      'akia',
      'asia',
      'ghp_',
      'gho_',
      'ghu_',
      'ghs_',
      'github_pat_',
      'sk-ant-',
      'sk_live_',
      'rk_live_',
      'xox',
      'glpat-',
      'aiza',
      'npm_',
      'sg.',
      'sk-proj-',
      'pypi-',
      'hf_',
      'dop_v1_',
      'shpat_',
      'ya29.',
      'sk-',
      'sk_',
      'ops_',
      'lin_api_',
      'figd_',
      'r8_',
      'gsk_',
      'aws_secret',
      'xai-',
    ],
    pattern: exact(
      String.raw`\b((?:AKIA|ASIA)[A-Z2-7]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}|sk-ant-(?:api|admin)\d{2}-[A-Za-z0-9_-]{80,}|(?:sk|rk)_live_[A-Za-z0-9]{20,}|xox[baprs]-[A-Za-z0-9-]{20,}|glpat-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|sk-proj-[A-Za-z0-9_-]{40,}|pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}|hf_[A-Za-z0-9]{34,}|dop_v1_[a-f0-9]{64}|shpat_[a-f0-9]{32}|sk-[A-Za-z0-9]{48}|lin_api_[A-Za-z0-9]{40}|figd_[A-Za-z0-9_-]{40,}|sk_[a-f0-9]{40,}|r8_[A-Za-z0-9]{37}|gsk_[A-Za-z0-9]{50,}|xai-[A-Za-z0-9]{70,})`,
    ),
  },
  {
    name: 'private-key',
    atoms: ['private key-----'],
    pattern: exact(
      String.raw`-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP |ENCRYPTED )?PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s)*((?:[A-Za-z0-9+/=]{40,}(?:\\n|\s)*)+)`,
    ),
    reach: 6,
  },
  {
    name: 'secret-assignment',
    atoms: [
      'password',
      'passwd',
      'secret',
      'token',
      'api_key',
      'apikey',
      'access_key',
      'private_key',
      'api-key',
      'connectionstring',
      'auth',
    ],
    pattern: code`\b[a-z0-9_]*(?:password|passwd|secret|token|api_?-?key|access_?key|private_?key)["']?\s*[:=]\s*["']([^\s"'$<>{}]{16,200})["']`,
    places: ['code', 'config', 'data', 'front_matter', 'hidden', 'prose'],
  },
  {
    name: 'connection-string',
    atoms: ['://'],
    pattern: code`\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqps?|mssql)://[a-z0-9_.-]{1,40}:([^\s@"'\x60<>{}$]{6,80})@(?!localhost|127\.|db\b|postgres\b|mysql\b|redis\b|mongo\b|host|example|your|server|0\.0)[a-z0-9.-]+\.[a-z]{2,}`,
  },
]
