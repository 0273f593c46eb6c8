# docker build -t registry-lint . && docker run --rm -v "$PWD:/records:ro" registry-lint run .
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[fast,xlsx]"

FROM python:3.12-slim
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory '*' \
 && useradd --create-home --uid 10001 lint
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels registry-lint google-re2 xlsxwriter
USER lint
WORKDIR /records
ENTRYPOINT ["lint"]
CMD ["--help"]
