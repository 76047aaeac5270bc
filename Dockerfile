# Two images from one build: the hub, and the demo's islands (docker-compose.yml says how they belong together).
FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress -DskipTests package

FROM eclipse-temurin:17-jre AS hub
RUN useradd --system --uid 10001 --home-dir /isthmus --shell /usr/sbin/nologin isthmus
WORKDIR /isthmus
COPY --from=build /src/target/isthmus.jar ./
COPY routes routes
COPY config config
COPY drivers drivers
# A volume takes its owner from the folder that it is laid over.
RUN mkdir -m 0700 data && chown isthmus data
USER 10001
# The process answers: a system that is away makes the hub red and not ill.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8086 && printf 'GET /actuator/health/ping HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:NewRatio=1", "-XX:SurvivorRatio=3", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", "-Disthmus.home=/isthmus", "-Dloader.path=/isthmus/drivers", "-jar", "/isthmus/isthmus.jar"]
CMD ["run"]

FROM hub AS islands
USER root
# What MariaDB's program is linked with.
RUN apt-get update && apt-get install -y --no-install-recommends libcrypt1 libgcrypt20 liblz4-1 libstdc++6 libsystemd0 libzstd1 \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /islands && chown 10001 /islands
COPY --from=build /src/target/demo-lib demo-lib
USER 10001
VOLUME /islands
HEALTHCHECK NONE
ENTRYPOINT ["java", "-Xmx1g", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-cp", "/isthmus/isthmus.jar", "-Dloader.path=/isthmus/demo-lib", "-Dloader.main=isthmus.demo.Islands", "org.springframework.boot.loader.launch.PropertiesLauncher"]
CMD ["--data", "/islands", "--as", "islands"]
