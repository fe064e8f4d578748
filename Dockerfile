# The build runs on the machine's own platform and cross-compiles, so that an image for another one needs no emulation.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS
ARG TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY domain domain
COPY eventstore eventstore
COPY projections projections
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags='-s -w' -o /out/buckstop ./cmd/buckstop
# The final image has no shell to make the data directory with.
RUN mkdir /out/data

# distroless/static brings root certificates and the time-zone database, and nothing that runs.
FROM gcr.io/distroless/static-debian12:nonroot
COPY LICENSE /LICENSE
COPY --from=build /out/buckstop /buckstop
# 65532 is the nonroot user; a new volume mounted here takes over this owner.
COPY --from=build --chown=65532:65532 --chmod=700 /out/data /data
USER 65532:65532
ENV BUCKSTOP_DATA=/data
VOLUME /data
ENTRYPOINT ["/buckstop"]
