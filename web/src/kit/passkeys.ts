/** Passkeys as the browser offers them; older browsers offer none. */
type Json = Record<string, unknown>;

/** A key belongs to a name; a bare address of the network has none. */
const NAMELESS = /^[\d.]+$|^\[/;

export const passkeysOffered = (): boolean =>
  !NAMELESS.test(location.hostname) &&
  typeof PublicKeyCredential !== "undefined" &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  "parseCreationOptionsFromJSON" in PublicKeyCredential;

/** Makes a key here. Rejects when the person gives up. */
export async function makePasskey(options: Json): Promise<Json> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return told(await navigator.credentials.create({ publicKey }));
}

/** Shows a key that is kept here. Rejects when the person gives up. */
export async function showPasskey(options: Json): Promise<Json> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  return told(await navigator.credentials.get({ publicKey }));
}

function told(credential: Credential | null): Json {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("没有使用通行密钥");
  return credential.toJSON() as unknown as Json;
}

/** The browser's own words for giving up are for programmers. */
export function passkeyProblem(cause: unknown): string {
  if (cause instanceof DOMException) return "没有使用通行密钥：已取消，或此设备上没有可用的密钥";
  return cause instanceof Error ? cause.message : String(cause);
}
