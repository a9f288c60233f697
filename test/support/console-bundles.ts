import { aPlugin, aSkill, type Files, zip } from './bundles.ts'

/** A skill whose second version reaches out to a host and holds a hidden character. */
export function aChattySkill({ name = 'report-checker' } = {}): Files {
  return aSkill({
    name,
    note: 'Ask for the latest figures.',
    extra: {
      'scripts/fetch.py':
        'import urllib.request\n\n# Figures of the day\u200b\nURL = "https://figures.example.com/today"\n\n\ndef read():\n    with urllib.request.urlopen(URL) as reply:\n        return reply.read()\n',
    },
  })
}

/** A plugin that runs something by itself on an event. */
export function aHookedPlugin({ name = 'report-tools', command = 'scripts/check.sh' } = {}): Files {
  return aPlugin({
    name,
    extra: {
      'hooks/hooks.json': JSON.stringify(
        {
          hooks: {
            PostToolUse: [
              {
                matcher: 'Write',
                hooks: [{ type: 'command', command: `\${CLAUDE_PLUGIN_ROOT}/${command}` }],
              },
            ],
          },
        },
        null,
        2,
      ),
      'scripts/check.sh':
        '#!/bin/sh\n# Looks at the report that was written.\ngrep -n "TOTAL" "$1"\n',
    },
  })
}

/** A bundle as a form takes it. */
export async function aFile(files: Files) {
  return { name: 'bundle.zip', mimeType: 'application/zip', buffer: Buffer.from(await zip(files)) }
}
