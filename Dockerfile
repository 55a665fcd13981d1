# Sursur in a container: built once, run without rights, data in one volume.
#   docker build --tag sursur .
#   docker run --rm --publish 127.0.0.1:8080:8080 --volume sursur-data:/data --env SURSUR_START_TOKEN="$(openssl rand -hex 16)" sursur
# A container listens on all its addresses, so it does not start without SURSUR_START_TOKEN (24 characters or more).

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# What the compiler and the tests need stays behind in this stage.
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production \
    SURSUR_DATA=/data \
    SURSUR_HOST=0.0.0.0 \
    SURSUR_PORT=8080
WORKDIR /app
# The program belongs to root and the user below may only read it.
COPY --from=build /app /app
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 8080
# It answers as soon as it accepts a connection; no page is asked for, because pages need the token.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "require('node:net').connect(8080, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))"]
# Exec form: the program itself receives the signal to stop and closes the database in good order.
ENTRYPOINT ["node", "bin/sursur.js"]
CMD ["start"]
