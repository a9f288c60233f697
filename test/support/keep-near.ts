import { type LookupFunction, Socket } from 'node:net'

// Whatever imports this connects to nothing but this machine, however often it is imported.

const thisMachine = /^(localhost|127(\.\d+){3}|::1)$/

interface Aim {
  host?: string | undefined
  path?: string | undefined
  lookup?: LookupFunction | undefined
}

const connect = Socket.prototype.connect

Socket.prototype.connect = function connectLocally(this: Socket, ...args: unknown[]) {
  const aim = readAim(args)
  const isNear = aim.path || aim.host === undefined || thisMachine.test(aim.host)
  if (!isNear && aim.lookup) aim.lookup = keepNear(aim.lookup)
  else if (!isNear) {
    process.nextTick(() => this.destroy(refuse(aim.host)))
    return this
  }
  return Reflect.apply(connect, this, args)
} as typeof connect

/** Where a call leads, in whatever form it was made. */
function readAim(args: readonly unknown[]): Aim {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null) return first
  return typeof second === 'string' ? { host: second } : {}
}

/** Looks a name up as the caller would, and refuses what it means unless that is this machine. */
function keepNear(lookup: LookupFunction): LookupFunction {
  return (hostname, options, give) =>
    lookup(hostname, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found]
      const far = error ? undefined : addresses.find((address) => !thisMachine.test(address))
      give(far === undefined ? error : refuse(far), found, family)
    })
}

function refuse(host: string | undefined): Error {
  const error = new Error(`The network floor keeps tests from connecting to ${host}.`)
  return Object.assign(error, { code: 'ENETFLOOR' })
}
