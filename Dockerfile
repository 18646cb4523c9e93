# MailGrains in one image: silo, frontends and the administration client. Which of the two servers runs is the first argument: silo or frontend.

# Only the project files: the restore below is done again when one of them changes, and not for every change of code.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS projects
WORKDIR /source
COPY . .
RUN find . -type f ! -name '*.csproj' ! -name '*.props' ! -name '*.targets' ! -name '*.sln' ! -name global.json -delete && find . -type d -empty -delete

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY --from=projects /source ./
RUN dotnet restore silo/MailGrains.Silo \
    && dotnet restore frontends/MailGrains.Frontends.Host \
    && dotnet restore tools/MailGrains.Cli
COPY . .
# Analyzers have had their say before a change landed.
RUN dotnet publish silo/MailGrains.Silo -c Release --no-restore -p:RunAnalyzers=false -o /programs/silo \
    && dotnet publish frontends/MailGrains.Frontends.Host -c Release --no-restore -p:RunAnalyzers=false -o /programs/frontend \
    && dotnet publish tools/MailGrains.Cli -c Release --no-restore -p:RunAnalyzers=false -o /programs/cli

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /programs /opt/mailgrains
COPY docker/commands/ /usr/local/bin/
# A named volume takes over the owner of the folder it covers.
RUN mkdir -p /var/lib/mailgrains/exports && chown -R $APP_UID:$APP_UID /var/lib/mailgrains && chmod 700 /var/lib/mailgrains /var/lib/mailgrains/exports
ENV MAILGRAINS_Data__Path=/var/lib/mailgrains \
    MAILGRAINS_Http__Listen=127.0.0.1:8080 \
    MAILGRAINS_Imap__Listen= \
    MAILGRAINS_Imaps__Listen= \
    MAILGRAINS_Lmtp__Listen= \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /var/lib/mailgrains
ENTRYPOINT ["mailgrains-node"]
CMD ["silo"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=180s --retries=3 CMD ["mailgrains-ready"]
