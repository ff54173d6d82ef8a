#!/usr/bin/env bash
# Put the certificate to sign with into a keychain of its own. CERTIFICATE: a .p12 file in base64; PASSWORD: its own.
set -euo pipefail
keychain="$RUNNER_TEMP/signing.keychain-db"
secret="$(openssl rand -base64 24)"
printf '%s' "$CERTIFICATE" | base64 --decode > "$RUNNER_TEMP/certificate.p12"
security create-keychain -p "$secret" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$secret" "$keychain"
security import "$RUNNER_TEMP/certificate.p12" -P "$PASSWORD" -T /usr/bin/codesign -k "$keychain"
security set-key-partition-list -S apple-tool:,apple: -k "$secret" "$keychain" > /dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
rm "$RUNNER_TEMP/certificate.p12"
