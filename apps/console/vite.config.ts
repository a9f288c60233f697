import { defineConfig } from 'vite'

/** Built into `dist`, and served by the API under `/console`. */
export default defineConfig({
  base: '/console/',
  build: {
    target: 'es2024',
    // A policy without inline scripts and data URLs has no use for either.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries mark what runs in a browser; here everything does.
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/marketplace': 'http://127.0.0.1:8080' } },
})
