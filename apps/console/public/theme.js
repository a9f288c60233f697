// Runs before the first paint. `system` follows the device, and is what nobody has to choose.
try {
  const chosen = localStorage.getItem('countersign.theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {}
