# The tool with what its runbooks call: Terraform is not in Debian, and is left to whoever builds on this.
#
#   docker build -t migrate .
#   docker run --rm -it -v "$PWD:/work" -v "$HOME/.aws:/root/.aws:ro" migrate status
FROM docker.io/library/swift:6.2-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make lld pkg-config libcurl4-openssl-dev \
        libc-ares-dev libjq-dev libsqlite3-dev libssl-dev libexpat1-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY bench bench
RUN swift build -c release --static-swift-stdlib --product migrate

FROM docker.io/library/debian:12-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates tzdata libcurl4 libc-ares2 libjq1 \
        libsqlite3-0 libssl3 libexpat1 buildah openssh-client git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /source/.build/release/migrate /usr/local/bin/migrate
# What `migrate init` makes new runbooks from.
COPY runbooks /usr/local/share/migrate/runbooks
# A run's journal must be on a disk that keeps what is written: mount a folder of the host here.
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/migrate"]
CMD ["--help"]
