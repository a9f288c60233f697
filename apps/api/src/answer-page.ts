import { escapeHtml } from '@countersign/core/notices/escape-html'
import type { Message } from '@countersign/core/notices/message'

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
dt{font-weight:600;margin-top:.75rem}dd{margin:0;overflow-wrap:anywhere}
textarea{width:100%;min-height:5rem}button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0}`

/** A request as a page, with the form that answers it where it can still be answered. */
export function renderAnswerPage({ title, facts, footing }: Message, isOpen: boolean): string {
  const list = facts.map(
    ({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`,
  )
  return renderPage(
    title,
    `<dl>${list.join('')}</dl><p>${escapeHtml(footing)}</p>${isOpen ? form : ''}`,
  )
}

/** Says why an answer was not taken. */
export function renderErrorPage(detail: string): string {
  return renderPage('This was not decided here', `<p>${escapeHtml(detail)}</p>`)
}

const form = `<form method="post">
<label for="comment">Comment (needed to deny)</label>
<textarea id="comment" name="comment" maxlength="4000"></textarea>
<button name="verdict" value="approve">Approve</button>
<button name="verdict" value="deny">Deny</button>
</form>`

function renderPage(title: string, body: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style>`
  return `<!doctype html><html lang="en"><head>${head}</head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`
}
