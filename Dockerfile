# docker build -t nettyping . && docker run --rm nettyping sweep 127.0.0.0/24
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# assemble.sh wants dpkg-deb, unzip and the C library of Debian, which this image has.
RUN mvn -B -q -Pdist package -Dmaven.test.skip=true && mkdir /out && tar -C /out --strip-components=1 -xzf target/dist/nettyping-*-linux-*.tar.gz

FROM debian:bookworm-slim
COPY --from=build /out /opt/nettyping
RUN ln -s /opt/nettyping/bin/nettyping /usr/local/bin/nettyping \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin nettyping
# Docker lets everybody in a container open ping sockets; elsewhere see docs/permissions.md.
USER 10001:10001
HEALTHCHECK --interval=1m --timeout=10s CMD ["nettyping", "ping", "-q", "-c", "1", "-W", "1", "127.0.0.1"]
ENTRYPOINT ["nettyping"]
CMD ["--help"]
