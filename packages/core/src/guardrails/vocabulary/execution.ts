import { code, type Marker, phrase, spoken } from './marker.ts'

const shells = String.raw`(?:sudo\s+(?:-\S+\s+)*)?(?:/?(?:usr/)?bin/(?:env\s+)?)?(?:ba|z|da|k|fi)?sh\b|(?:sudo\s+)?(?:python[23]?|node|perl|ruby|php|osascript|bun|deno)\b(?!\s+-(?:m\s+json|c\s*["']))|iex\b|invoke-expression\b`
const decoders = String.raw`base64\s+(?:-[a-z]*d[a-z]*|--decode)|openssl\s+(?:enc\s+)?(?:-?base64|enc)\s[^\n|]{0,60}-d|xxd\s+-r|base32\s+-d|\bgunzip\b|gzip\s+-d|\bzcat\b|tr\s+["']?[a-z]-[a-z]|\brev\b|printf\s+["'](?:\\x|%b)`
const anyPlace = [
  'code',
  'injected',
  'config',
  'hidden',
  'prose',
  'quote',
  'table',
  'code_comment',
  'front_matter',
] as const

/** Ways to run what the bundle does not show. */
export const executionMarkers: readonly Marker[] = [
  {
    name: 'download-exec',
    atoms: [
      'curl',
      'wget',
      'iwr',
      'irm',
      'invoke-webrequest',
      'invoke-restmethod',
      'downloadstring',
      'urlopen',
      'requests.get',
      'mshta',
      'regsvr32',
      'fetch ',
      'deno run',
      'bun run',
      'node http',
      '.text()',
    ],
    pattern: code`(?:\b(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod)\b([^\n|]{0,300})\|\s*(?:tee\s[^\n|]{0,60}\|\s*)?(?:${shells})|
      (?:\b(?:ba|z|da|k)?sh\b|\beval\b|\bsource\b|(?:^|\s)\.|python3?)\s+(?:-[a-z]+\s+)*(?:<\(|\\?["']?\$\(|\\?["']?\x60)\s*(?:curl|wget)\b([^\n)\x60]{0,300})|
      (?:iex|invoke-expression)\s*[( ]+[^\n]{0,80}(?:downloadstring|iwr|irm|invoke-webrequest|invoke-restmethod)([^\n]{0,200})|downloadstring\(([^\n]{0,200})\)\s*\|\s*iex|
      \b(?:exec|eval)\(\s*(?:compile\()?\s*(?:urllib\.request\.urlopen|urlopen|requests\.get|httpx\.get)\(([^\n]{0,200})|\bmshta(?:\.exe)?\s+(["']?https?:[^\n]{0,200})|regsvr32[^\n]{0,40}/i:(https?:[^\n]{0,200})|\b(?:deno|bun|node|python3?)\s+(?:run\s+)?(?:-[^\s]{1,40}\s+){0,6}(https?://[^\s"'\x60]{4,160})|\beval\(\s*(?:\(\s*)?await\b[^\n]{0,120}\.text\(\))`,
    places: anyPlace,
    reach: 1,
  },
  {
    name: 'download-run',
    atoms: [
      'curl',
      'wget',
      'certutil',
      'bitsadmin',
      'urlretrieve',
      'downloadfile',
      'invoke-webrequest',
      'iwr',
      'start-bitstransfer',
      'git clone',
    ],
    pattern: code`(?:\b(?:curl|wget)\b([^\n|;&]{0,300}(?:-[a-z]{0,4}o\b|--output|--remote-name)[^\n;&|]{0,160})(?:&&|;|\n)\s*(?:sudo\s+)?(?:[^\n]{0,80}(?:&&|;|\n)\s*){0,2}(?:chmod\s[^\n]{0,80}\+?x|chmod\s+7|(?:ba|z|da)?sh\s+[^\s-]|\./|python3?\s+[^\s-]|node\s+[^\s-]|/tmp/)|
      certutil[^\n]{0,60}-urlcache[^\n]{0,20}(https?:[^\n]{0,160})|bitsadmin[^\n]{0,80}(https?:[^\n]{0,160})|start-bitstransfer([^\n]{0,160})|
      (?:urlretrieve|downloadfile)\(([^\n]{0,160})\n?[^\n]{0,120}\n?[^\n]{0,120}(?:os\.system|subprocess|start-process|chmod|popen|exec)|
      git\s+clone\s([^\n;&]{0,160})(?:&&|;|\n)\s*(?:cd\s[^\n;&]{0,60}(?:&&|;|\n)\s*)?(?:sudo\s+)?(?:(?:ba|z)?sh\s+[^\s-]|\./|python3?\s+[^\s-]))`,
    places: anyPlace,
    reach: 3,
  },
  {
    name: 'decode-exec',
    atoms: [
      'base64',
      'xxd',
      'b64decode',
      'atob',
      'fromcharcode',
      'frombase64',
      'decompress',
      'marshal',
      'unhexlify',
      'fromhex',
      'rot13',
      'rot_13',
      'buffer.fro',
      'gunzip',
      'openssl',
      'encodedcommand',
      ';base64,',
      '-enc ',
      'pickle.loads',
      'chr(',
      'base32',
      'unescape(',
      'codecs.decode',
      'b85decode',
      'tr ',
    ],
    pattern: code`(?:(?:${decoders})[^\n|]{0,100}\|\s*(?:(?:${decoders})[^\n|]{0,60}\|\s*){0,3}(?:${shells})|\b(?:ba|z|da)?sh\b[^\n]{0,30}(?:<<<|-c)\s*["']?\$\([^\n]{0,200}(?:${decoders})|\beval\b[^\n]{0,20}\$\([^\n]{0,200}(?:${decoders})|
      \b(?:exec|eval|__import__\(["']os["']\)\.system|os\.system|os\.popen|subprocess\.(?:run|call|popen|check_output))\s*\(\s*(?:compile\(|bytes\(|str\(|zlib\.|gzip\.|lzma\.|bz2\.|__import__\(["'](?:base64|zlib|codecs|marshal)["']\)\.|base64\.|codecs\.|marshal\.|binascii\.|pickle\.|\(|\s|["']{2}\.join\()*
        (?:b64decode|b32decode|b85decode|a85decode|decompress|unhexlify|decode\(["'](?:rot|hex|base)|loads\(|fromhex|chr\()|
      (?:\beval|new\s+function|\bfunction|settimeout|vm\.runin\w+|execsync|\bexec)\s*\(\s*(?:["'\x60]{2}\s*\+\s*|decodeuricomponent\(|unescape\(|escape\()*(?:atob|buffer\.from|string\.fromcharcode|unescape)\(|
      (?:deno|node|bun)\s[^\n]{0,120}data:[a-z/]{0,40};base64,|powershell[^\n]{0,60}\s-e(?:nc(?:odedcommand)?)?\s+["']?[a-z0-9+/=]{16,}|frombase64string\([^\n]{0,200}(?:iex|invoke-expression)|(?:iex|invoke-expression)[^\n]{0,120}frombase64string|
      \b(?:exec|eval)\s*\(\s*(?:["']{2}\.join\(\s*(?:map\(\s*chr|chr\()|codecs\.decode))`,
    places: anyPlace,
    reach: 1,
  },
  {
    name: 'reverse-shell',
    atoms: [
      '/dev/tcp',
      '/dev/udp',
      'nc ',
      'ncat',
      'netcat',
      'socat',
      'os.dup2',
      'dup2',
      'pty.spawn',
      'mkfifo',
      'tcpclient',
      'net.socket',
      'fsockopen',
      'meterpreter',
      'msfvenom',
      '/bin/sh',
    ],
    pattern: code`((?:ba|z|da|k)?sh\s+-i\s*(?:[0-9]?>&?|<|>&)\s*/dev/(?:tcp|udp)/|/dev/(?:tcp|udp)/[^\s/]{1,80}/\S{1,8}[^\n]{0,40}(?:0>&1|<&|>&)|exec\s+\d+<>\s*/dev/tcp|\b(?:nc|ncat|netcat)\b[^\n]{0,60}\s-[a-z]*[ec]\s*["']?(?:/bin/)?(?:ba|z)?(?:sh|cmd)|
      \b(?:nc|ncat|netcat)\b[^\n|]{0,60}\|\s*(?:/bin/)?(?:ba|z)?sh\b|mkfifo\s[^\n]{0,120}\b(?:nc|ncat|telnet|openssl)\b|socat\s[^\n]{0,120}exec:|os\.dup2\(\s*\w+\.fileno|pty\.spawn\(\s*["'](?:/bin/)?(?:ba|z)?sh|fsockopen\([^\n]{0,120}(?:exec|proc_open)|
      tcpclient\([^\n]{0,200}getstream|\.pipe\(\s*\w+\.stdin|net\.socket\(\)[^\n]{0,200}(?:child_process|spawn|/bin/sh))`,
    places: anyPlace,
    reach: 2,
  },
  {
    name: 'dynamic-eval',
    atoms: ['eval', 'exec(', 'function(', '__import__', 'getattr', 'compile('],
    pattern: code`(?:(?:^|[^.\w])(?:eval|exec)\s*\(\s*(?!["'\x60)])(?!function|async|\(\)|re\b)([a-z_][\w.\[\]"']{0,60})|\bexec\(\s*compile\(|\beval\s+["']?\$\{?([a-z_]\w*)|new\s+function\(\s*[a-z_]|__import__\(\s*(?!["'])|getattr\(\s*(?:__builtins__|builtins|os|subprocess)\s*,|globals\(\)\s*\[|\$\{\w+@P\})`,
    places: ['code', 'injected', 'config', 'hidden'],
  },
  {
    name: 'process-spawn',
    atoms: [
      'subprocess',
      'os.system',
      'os.popen',
      'child_process',
      'execsync',
      'spawn(',
      'popen(',
      'start-process',
      'shell=true',
    ],
    pattern: code`(subprocess\.(?:run|call|popen|check_output|check_call)|os\.(?:system|popen|exec[lv]p?e?)\(|child_process|execsync\(|\bspawn(?:sync)?\(|start-process|shell\s*=\s*true)`,
    places: ['code', 'injected', 'config', 'hidden'],
  },
  {
    name: 'spawn-text',
    atoms: ['os.system', 'os.popen', 'shell=true', 'execsync', 'exec(', 'popen(', 'process.start'],
    pattern: code`((?:os\.(?:system|popen)|subprocess\.(?:run|call|popen|check_output|check_call|getoutput))\(\s*(?:f["'][^\n"']{0,200}\{|["'][^\n]{0,120}["']\s*(?:\+|%|\.format\()|[a-z_]\w{0,40}\s*\+)|\bexec(?:sync)?\(\s*(?:\x60[^\n\x60]{0,200}\$\{|["'][^\n]{0,120}["']\s*\+)|subprocess\.(?:run|call|popen|check_output)\(\s*[a-z_]\w{0,40}\s*,[^\n]{0,80}shell\s*=\s*true|process\.start\(\s*["'][^\n"']{0,40}(?:cmd|powershell|sh)[^\n"']{0,10}["']\s*,\s*\$?["'][^\n]{0,60}(?:\{|["']\s*\+))`,
    places: ['code', 'injected', 'config', 'hidden'],
  },
  {
    name: 'background-run',
    atoms: [
      'nohup',
      'start_new_session',
      'create_no_window',
      'detached',
      'windowstyle hidden',
      '-w hidden',
      'daemon',
      'setsid',
      'disown',
    ],
    pattern: code`(\bnohup\s+\S+|start_new_session\s*=\s*true|create_no_window|detached:\s*true|-w(?:indowstyle)?\s+hidden|\bsetsid\s|\bdisown\b)`,
    places: ['code', 'injected', 'config', 'hidden', 'prose'],
  },
  {
    name: 'runs-remote-prose',
    atoms: ['download', 'fetch', 'retrieve', 'install', 'curl', 'wget', 'clone'],
    pattern: phrase`\b(?:download|fetch|retrieve|grab|pull|clone|curl|wget)(?:s|ed|ing)?(?: [^\s]{1,40}){0,10}? (?:https?://([a-z0-9.:-]{3,80})[^\s]{0,120}|(?:remote|external|latest|update|helper|setup|bootstrap|install(?:er|ation)?) (?:script|payload|binary|executable|file|code|helper))(?: [^\s]{1,40}){0,10}?(?: |,|\. ?)(?:and |then |to |it |immediately )*(?:execute|run|launch|start|install|source|eval|pipe|chmod)(?:s|d|ed|ing)?\b`,
    places: spoken,
    reach: 1,
  },
]
