import { newId } from '@countersign/core/ids'
import helmet from '@fastify/helmet'
import fastify, { type FastifyBaseLogger } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Services } from './compose.ts'
import { describeApi } from './openapi/describe-api.ts'
import { acceptJson } from './plugins/accept-json.ts'
import { answerUnreadable } from './plugins/answer-unreadable.ts'
import { authenticate } from './plugins/authenticate.ts'
import { describeRequest } from './plugins/describe-request.ts'
import { honourIdempotencyKeys } from './plugins/idempotency.ts'
import { limitRate } from './plugins/limit-rate.ts'
import { measureRequests } from './plugins/measure-requests.ts'
import { answerProblems, answerUnroutable } from './plugins/problem-json.ts'
import { receiveUploads } from './plugins/receive-upload.ts'
import { refuseUnkeepable } from './plugins/refuse-unkeepable.ts'
import { requireGate } from './plugins/require-gate.ts'
import { traceRequests } from './plugins/trace-requests.ts'
import type { Api } from './router.ts'
import { type RegisterRoutes, registerRoutes } from './routes.ts'

const jsonBytesMax = 1024 * 1024
const acceptableRequestId = /^[\w.:-]{1,100}$/

/** The API as a Fastify server that does not listen yet. `main.ts` gives it a port. */
export async function createServer(
  services: Services,
  register: RegisterRoutes = registerRoutes,
): Promise<Api> {
  const serializers = { req: describeRequest }
  const loggerInstance: FastifyBaseLogger = services.log.child({}, { serializers })
  const app: Api = fastify({
    loggerInstance,
    bodyLimit: jsonBytesMax,
    trustProxy: services.config.TRUST_PROXY,
    routerOptions: { maxParamLength: 2000 },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id']
      return typeof given === 'string' && acceptableRequestId.test(given) ? given : newId()
    },
  })
  acceptJson(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  answerProblems(app)
  measureRequests(app, services.metrics)
  await traceRequests(app, services.tracing)
  // What is no page of ours loads nothing and stands in no frame; the pages say more for themselves.
  const directives = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }
  const contentSecurityPolicy = { useDefaults: false, directives }
  await app.register(helmet, { contentSecurityPolicy, hsts: false })
  await describeApi(app)
  requireGate(app)
  await authenticate(app, services)
  limitRate(app, services)
  await receiveUploads(app, services)
  refuseUnkeepable(app)
  honourIdempotencyKeys(app, services)
  register(app, services)
  return app
}
