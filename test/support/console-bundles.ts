import { aPlugin, aSkill, type Files } from './bundles.ts'

/** A skill whose second version reaches out to a host and holds a hidden character. */
export function aChattySkill(): Files {
  return aSkill({
    note: 'Ask for the latest figures.',
    extra: {
      'scripts/fetch.py':
        'import urllib.request\n\n# Figures of the day\u200b\nURL = "https://figures.example.com/today"\n\n\ndef read():\n    with urllib.request.urlopen(URL) as reply:\n        return reply.read()\n',
    },
  })
}

/** A plugin that runs something by itself on an event. */
export function aHookedPlugin({ command = 'scripts/check.sh' } = {}): Files {
  return aPlugin({
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
