import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { findFreePort } from '@countersign/runtime/free-port'
import { onTestFinished } from 'vitest'
import { createFolder } from './create-folder.ts'
import { findOpenssl } from './find-program.ts'
import { runProgram } from './run-program.ts'

export interface HttpsFront {
  /** Lets a client come here by a proxy, and trust what it finds. */
  env: NodeJS.ProcessEnv
  /** Every host that was asked for through the proxy. Nothing but our own is let through. */
  hosts: Set<string>
}

/**
 * Puts a host name with a certificate in front of a plain HTTP server of this machine, for clients
 * that accept nothing less. They reach it by a proxy that leads nowhere else.
 */
export async function startHttpsFront(host: string, target: string): Promise<HttpsFront> {
  const { key, cert, certPath } = await makeCertificate(host)
  const [tlsPort, proxyPort] = [await findFreePort(), await findFreePort()]
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  }
  const join = (one: Socket, other: Socket) => {
    for (const socket of [one, other]) keep(socket)
    one.pipe(other).pipe(one)
  }
  const tls = createTlsServer({ key, cert }, (socket) =>
    join(socket, connect(Number(new URL(target).port), '127.0.0.1')),
  )
  const hosts = new Set<string>()
  const proxy = createServer()
  proxy.on('connect', (request, socket: Socket) => {
    hosts.add(request.url ?? '')
    if (request.url !== `${host}:443`) return socket.destroy()
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    join(socket, connect(tlsPort, '127.0.0.1'))
  })
  await Promise.all([listen(tls, tlsPort), listen(proxy, proxyPort)])
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    tls.close()
    proxy.close()
  })
  const url = `http://127.0.0.1:${proxyPort}`
  const env = { HTTPS_PROXY: url, HTTP_PROXY: url, NO_PROXY: '127.0.0.1,localhost' }
  return { env: { ...env, NODE_EXTRA_CA_CERTS: certPath }, hosts }
}

/** A certificate for a host name that nobody vouches for but itself. */
export async function makeCertificate(host: string) {
  const folder = await createFolder()
  const [keyPath, certPath] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const { program, env } = findOpenssl()
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  const files = ['-keyout', keyPath, '-out', certPath]
  await runProgram([program, 'req', '-x509', ...kind, ...names, ...files], { env })
  return { key: await readFile(keyPath), cert: await readFile(certPath), keyPath, certPath }
}

async function listen(server: Pick<Server, 'listen'>, port: number): Promise<void> {
  await new Promise<void>((ready) => {
    server.listen(port, '127.0.0.1', ready)
  })
}
