import { createServer } from 'node:http'
import { startEmbeddedPostgres } from '@countersign/runtime/embedded-postgres'

// The least that a first start could be: a database made and started, and a server that listens.
const postgres = await startEmbeddedPostgres({ dir: process.env.DATA_DIR ?? '' })
createServer().listen(0, '127.0.0.1', () => process.stdout.write('listens on a port\n'))
process.on('SIGTERM', () => void postgres.stop().then(() => process.exit()))
