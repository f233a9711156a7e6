# syntax=docker/dockerfile:1
# Built and run by compose.yaml; OPERATIONS.md says how.

FROM node:24.21-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24.21-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY rubrics/default.yaml ./rubrics/default.yaml
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The group's own rubrics are looked for here, and without PostgreSQL the database is kept here; so it belongs to the
# user that the program runs as.
RUN chown node:node /srv
WORKDIR /srv
USER node
EXPOSE 8787
# Node does not pass signals on or wait for orphans as a first process should: run it with an init, as compose.yaml does
# (`init: true`), or by `docker run --init`.
ENTRYPOINT ["node", "/app/dist/cli/bin.js"]
CMD ["serve", "--host", "0.0.0.0", "--log", "json"]
# Of `serve`. A worker listens only where its `--metrics-port` says; compose.yaml looks there instead.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:8787/healthz').then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
