import swagger from '@fastify/swagger'
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { Api } from '../router.ts'
import { describeAnswers } from './describe-answers.ts'
import { describeOnce } from './describe-once.ts'
import { describeRoute } from './describe-route.ts'

/** Writes the OpenAPI document from the routes that follow. */
export async function describeApi(app: Api): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Countersign',
        version: '1',
        description: 'The sign-off service for AI agents.',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'countersign_session',
            description: 'What changes something carries the header `x-csrf-token` too.',
          },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: describeRoute,
    transformObject: (input) => describeAnswers(describeOnce(jsonSchemaTransformObject(input))),
  })
}
