import { ServiceError } from '@countersign/core/errors'
import type { BundleShelf } from '@countersign/core/ports'
import type { FastifyReply } from 'fastify'
import { isKnown } from './etag.ts'

/** Streams a stored archive. Its hash is its ETag: what was fetched once is not sent again. */
export async function sendBundle(
  bundles: BundleShelf,
  hash: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const etag = `"${hash}"`
  void reply.header('etag', etag).header('cache-control', 'private, no-cache')
  if (isKnown(reply.request, etag)) return reply.code(304).send()
  const archive = await bundles.stream(hash)
  if (!archive) throw new ServiceError('bundle_unservable')
  return reply
    .type('application/zip')
    .header('content-length', archive.size)
    .header('content-disposition', 'attachment; filename="bundle.zip"')
    .serializer((stream: unknown) => stream as string)
    .send(archive.stream)
}
